from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('stories', '0007_stories_are_kept'),
    ]

    operations = [
        migrations.DeleteModel(
            name='CodeAttempt',
        ),
    ]
