"""A file that something leads to is not deleted; its table is Wagtail's, so its trigger is here."""

from __future__ import annotations

from sources.kept_while_used import REFUSE_WHILE_USED

MAKE = f"""
CREATE FUNCTION kb_keep_used_file() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
{REFUSE_WHILE_USED}
END $$;
CREATE TRIGGER kb_keep_used_file BEFORE DELETE ON wagtaildocs_document
  FOR EACH ROW EXECUTE FUNCTION kb_keep_used_file();
"""
UNDO = """
DROP TRIGGER kb_keep_used_file ON wagtaildocs_document;
DROP FUNCTION kb_keep_used_file();
"""
