
import privacy.fields
import wagtail.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='AccessibilityStatement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('organisation', privacy.fields.SafeCharField(blank=True, max_length=160, verbose_name='organisation')),
                ('compliance', models.CharField(choices=[('full', 'fully'), ('partial', 'partly'), ('not', 'not')], default='partial', max_length=8, verbose_name='how far the requirements are met')),
                ('limitations', wagtail.fields.StreamField([('limitation', 4)], blank=True, block_lookup={0: ('wagtail.blocks.CharBlock', (), {'label': 'What cannot be used, and by whom', 'max_length': 400}), 1: ('wagtail.blocks.ChoiceBlock', [], {'choices': [('fault', 'It does not meet the requirements yet'), ('burden', 'It would be a disproportionate burden'), ('outside', 'The law does not apply to it')], 'label': 'Why'}), 2: ('wagtail.blocks.CharBlock', (), {'label': 'The reason in words', 'max_length': 400}), 3: ('wagtail.blocks.CharBlock', (), {'label': 'What one can do instead', 'max_length': 400, 'required': False}), 4: ('wagtail.blocks.StructBlock', [[('what', 0), ('reason', 1), ('why', 2), ('instead', 3)]], {})}, verbose_name='content that is not accessible')),
                ('prepared_by', models.CharField(choices=[('self', 'We have looked ourselves'), ('third_party', 'Somebody independent has looked')], default='self', max_length=12, verbose_name='who looked')),
                ('method', privacy.fields.SafeTextField(blank=True, help_text='One sentence per line.', verbose_name='how it was looked at')),
                ('prepared_on', models.DateField(blank=True, null=True, verbose_name='written on')),
                ('reviewed_on', models.DateField(blank=True, help_text='At least once a year.', null=True, verbose_name='looked through again on')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='where one writes')),
                ('phone', privacy.fields.SafeCharField(blank=True, max_length=30, verbose_name='where one calls')),
                ('answer_days', models.PositiveSmallIntegerField(default=5, help_text='At most ten.', verbose_name='working days until an answer')),
                ('official_address', models.URLField(blank=True, help_text='Begins with https://was.digst.dk/. With it, /was leads there.', verbose_name='address of the statement in the WAS-Tool')),
            ],
            options={
                'verbose_name': 'accessibility statement',
                'verbose_name_plural': 'accessibility statements',
                'constraints': [models.CheckConstraint(condition=models.Q(('official_address', ''), ('official_address__startswith', 'https://was.digst.dk/'), _connector='OR'), name='statement_official_address_is_the_agencys', violation_error_message='The address begins with https://was.digst.dk/.'), models.CheckConstraint(condition=models.Q(('answer_days__gte', 1), ('answer_days__lte', 10)), name='statement_answers_within_ten_days', violation_error_message='Answer within one to ten working days.'), models.CheckConstraint(condition=models.Q(('reviewed_on__isnull', True), ('reviewed_on__gte', models.F('prepared_on')), _connector='OR'), name='statement_reviewed_after_written', violation_error_message='It is looked through again after it was written.')],
            },
        ),
    ]
