"""A story's pictures belong to the approved text, and need the citizen's consent to photo.

The digest of a story without pictures is the same as before, so what is published stays so. What
is served are the renditions: their very bytes are part of it (docs/security.md R13, R15, R16).
"""

from __future__ import annotations

from importlib import import_module

from django.db import migrations

before = import_module("stories.migrations.0002_lawful_publication")

PICTURES = """
  ) || CASE WHEN EXISTS (SELECT FROM stories_storypicture sp WHERE sp.story_id = wanted) THEN
    jsonb_build_array((
      SELECT jsonb_agg(jsonb_build_array(sp.uid, sp.alt, sp.caption, (
          SELECT jsonb_agg(jsonb_build_array(
              r.size, r.width, r.height, encode(sha256(r.content), 'hex')) ORDER BY r.size)
            FROM stories_storyrendition r WHERE r.picture_id = sp.id)) ORDER BY sp.id)
        FROM stories_storypicture sp WHERE sp.story_id = wanted))
    ELSE '[]'::jsonb END
  )::text, 'UTF8')), 'hex')
"""
OLD_END = "  )::text, 'UTF8')), 'hex')\n"
OLD_START = "encode(sha256(convert_to(jsonb_build_array("
DIGEST = (
    before.DIGEST.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")
    .replace(OLD_START, "encode(sha256(convert_to((jsonb_build_array(")
    .replace(OLD_END, PICTURES)
)
LAWFUL = before.GUARD.split("CREATE FUNCTION stories_guard_page()")[0]
CONSENT = """
  IF EXISTS (SELECT FROM stories_storypicture sp WHERE sp.story_id = wanted) AND NOT EXISTS (
    SELECT FROM stories_storyconsent c
     WHERE c.story_id = wanted AND c.party = 'citizen' AND c.scope = 'photo'
       AND c.withdrawn_at IS NULL
  ) THEN
    RAISE EXCEPTION 'Story % has pictures without consent.', wanted
      USING ERRCODE = 'check_violation', CONSTRAINT = 'story_live_pictures_with_consent';
  END IF;
"""
TOMBSTONE = "  IF EXISTS (SELECT FROM stories_storytombstone"
GUARD = LAWFUL.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION").replace(
    TOMBSTONE, CONSENT + TOMBSTONE
)
TRIGGERS = """
CREATE FUNCTION stories_guard_picture() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'INSERT' THEN PERFORM stories_require_lawful(OLD.story_id); END IF;
  IF TG_OP <> 'DELETE' THEN PERFORM stories_require_lawful(NEW.story_id); END IF;
  RETURN NULL;
END $$;

CREATE FUNCTION stories_guard_rendition() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM stories_require_lawful(sp.story_id) FROM stories_storypicture sp
    WHERE sp.id IN (OLD.picture_id, NEW.picture_id);
  RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER story_lawful AFTER INSERT OR UPDATE OR DELETE ON stories_storypicture
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION stories_guard_picture();
CREATE CONSTRAINT TRIGGER story_lawful AFTER INSERT OR UPDATE OR DELETE ON stories_storyrendition
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION stories_guard_rendition();
"""
UNDO = (
    """
DROP TRIGGER story_lawful ON stories_storypicture;
DROP TRIGGER story_lawful ON stories_storyrendition;
DROP FUNCTION stories_guard_picture, stories_guard_rendition;
"""
    + before.DIGEST.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")
    + LAWFUL.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")
)


class Migration(migrations.Migration):
    dependencies = [("stories", "0004_moderation")]

    operations = [migrations.RunSQL(DIGEST + GUARD + TRIGGERS, UNDO)]
