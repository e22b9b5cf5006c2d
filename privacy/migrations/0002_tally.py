from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('privacy', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Tally',
            fields=[
                ('key', models.CharField(editable=False, max_length=64, primary_key=True, serialize=False, verbose_name='what is counted')),
                ('count', models.PositiveIntegerField(verbose_name='how often')),
                ('ends_at', models.DateTimeField(db_index=True, verbose_name='until')),
            ],
            options={
                'verbose_name': 'count of tries',
                'verbose_name_plural': 'counts of tries',
            },
        ),
    ]
