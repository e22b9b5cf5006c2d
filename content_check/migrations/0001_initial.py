import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('contenttypes', '0002_remove_content_type_name'),
    ]

    operations = [
        migrations.CreateModel(
            name='AskedAbout',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('object_id', models.CharField(max_length=64, verbose_name='which one')),
                ('digest', models.CharField(max_length=64, verbose_name='which findings')),
                ('asked_at', models.DateTimeField(auto_now_add=True, verbose_name='asked')),
                ('content_type', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='contenttypes.contenttype', verbose_name='kind')),
            ],
            options={
                'verbose_name': 'question before publishing',
                'verbose_name_plural': 'questions before publishing',
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(fields=('content_type', 'object_id', 'digest'), name='asked_about_findings_once')],
            },
        ),
    ]
