"""What something leads to is not deleted, whoever asks: a trigger for the tables of such things.

It reads Wagtail's index of references, which knows foreign keys and what stands inside texts. A
thing that leads to itself alone may go.
"""

from __future__ import annotations

import pgtrigger

REFUSE_WHILE_USED = """
IF EXISTS (
  SELECT FROM wagtailcore_referenceindex used
  JOIN django_content_type kind ON kind.id = used.to_content_type_id
  WHERE kind.app_label || '_' || kind.model = TG_TABLE_NAME AND used.to_object_id = OLD.id::text
    AND NOT (used.base_content_type_id = kind.id AND used.object_id = OLD.id::text))
THEN
  RAISE EXCEPTION 'still used and not deleted: % %', TG_TABLE_NAME, OLD.id
    USING ERRCODE = 'restrict_violation', CONSTRAINT = 'kept_while_used';
END IF;
RETURN OLD;
"""


def kept_while_used() -> pgtrigger.Trigger:
    """For `Meta.triggers`."""
    return pgtrigger.Trigger(
        name="kept_while_used",
        operation=pgtrigger.Delete,
        when=pgtrigger.Before,
        func=REFUSE_WHILE_USED,
    )
