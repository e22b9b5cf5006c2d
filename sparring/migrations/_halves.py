"""What holds the two halves of a group talk together (docs/decisions/0009).

The second half begins when the first ends, is as long and stands in the same calendar entry: a
foreign key of four columns, which Django cannot write.
"""

from __future__ import annotations

TABLE = "sparring_sparringsession"
MAKE = f"""
CREATE UNIQUE INDEX session_half_key ON {TABLE} (id, ends_at, length, calendar_uid);
ALTER TABLE {TABLE} ADD CONSTRAINT session_halves_back_to_back
FOREIGN KEY (follows_id, starts_at, length, calendar_uid)
REFERENCES {TABLE} (id, ends_at, length, calendar_uid)
DEFERRABLE INITIALLY DEFERRED;
"""
UNDO = f"""
ALTER TABLE {TABLE} DROP CONSTRAINT session_halves_back_to_back;
DROP INDEX session_half_key;
"""
