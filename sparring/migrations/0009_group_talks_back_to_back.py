"""What holds the two halves of a group talk together (docs/decisions/0009)."""

from django.db import migrations, models
from django.db.models import Q

TABLE = "sparring_sparringsession"
# One talk, or the first half of one, per calendar entry.
ONE_ENTRY = f"""
CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS session_one_calendar_entry ON {TABLE} (calendar_uid)
WHERE follows_id IS NULL AND NOT (state = 'cancelled')
"""
# The second half begins when the first ends, is as long and stands in the same calendar entry.
KEY = f"""
CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS session_half_key
ON {TABLE} (id, ends_at, length, calendar_uid)
"""
BACK_TO_BACK = f"""
ALTER TABLE {TABLE} ADD CONSTRAINT session_halves_back_to_back
FOREIGN KEY (follows_id, starts_at, length, calendar_uid)
REFERENCES {TABLE} (id, ends_at, length, calendar_uid)
DEFERRABLE INITIALLY DEFERRED
"""


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("sparring", "0008_partners_and_group_talks")]

    operations = [
        migrations.SeparateDatabaseAndState(
            [migrations.RunSQL(ONE_ENTRY, "DROP INDEX CONCURRENTLY IF EXISTS session_one_calendar_entry")],
            [
                migrations.AddConstraint(
                    model_name="sparringsession",
                    constraint=models.UniqueConstraint(
                        fields=["calendar_uid"],
                        condition=Q(follows__isnull=True) & ~Q(state="cancelled"),
                        name="session_one_calendar_entry",
                    ),
                )
            ],
        ),
        migrations.RunSQL(KEY, "DROP INDEX CONCURRENTLY IF EXISTS session_half_key"),
        migrations.RunSQL(
            BACK_TO_BACK, f"ALTER TABLE {TABLE} DROP CONSTRAINT session_halves_back_to_back"
        ),
    ]
