"""Methods, offers, phrases and question cards refer to themes; they held the themes' numbers.

A number that no theme has says nothing any more. A card of such a number goes to the first theme,
out of use, so that talks in which it lay keep it; without any theme it is removed.
"""

import django.db.models.deletion
from django.db import migrations, models


def relate(apps, schema_editor):
    themes = {theme.number: theme for theme in apps.get_model("kb", "ThemePage").objects.order_by("number")}
    for name in ("Method", "Offer", "Phrase"):
        for item in apps.get_model("kb", name).objects.exclude(theme_numbers=[]):
            item.themes.set([themes[number] for number in item.theme_numbers if number in themes])
    for card in apps.get_model("kb", "QuestionCard").objects.all():
        if card.theme_number not in themes:
            card.active = False
        card.theme = themes.get(card.theme_number) or next(iter(themes.values()), None)
        if card.theme is None:
            card.delete()
        else:
            card.save()


def _themes(related_name):
    return models.ManyToManyField(
        blank=True, related_name=related_name, to="kb.themepage", verbose_name="themes"
    )


def _theme(**more):
    return models.ForeignKey(
        on_delete=django.db.models.deletion.PROTECT, related_name="question_cards",
        to="kb.themepage", verbose_name="theme", **more,
    )


class Migration(migrations.Migration):

    dependencies = [("kb", "0007_file_text_old_kinds")]

    operations = [
        migrations.AddField("method", "themes", _themes("methods")),
        migrations.AddField("offer", "themes", _themes("offers")),
        migrations.AddField("phrase", "themes", _themes("phrases")),
        migrations.AddField("questioncard", "theme", _theme(null=True)),
        migrations.AlterModelOptions(
            name="questioncard",
            options={
                "ordering": ["theme__number", "pk"],
                "verbose_name": "question card",
                "verbose_name_plural": "question cards",
            },
        ),
        migrations.RunPython(relate, migrations.RunPython.noop),
        # What was written above is checked now, so that the tables can be changed.
        migrations.RunSQL("SET CONSTRAINTS ALL IMMEDIATE", migrations.RunSQL.noop),
        migrations.AlterField("questioncard", "theme", _theme()),
        migrations.RemoveField("method", "theme_numbers"),
        migrations.RemoveField("offer", "theme_numbers"),
        migrations.RemoveField("phrase", "theme_numbers"),
        migrations.RemoveField("questioncard", "theme_number"),
    ]
