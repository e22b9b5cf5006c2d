"""A live story is a checked, approved and consented text: held by deferred constraint triggers.

Two tables hold a story's text (Wagtail's page and ours), two more its tags and two its pictures, so
no check constraint sees it whole. `stories_text_digest` is the one definition of "exactly this
text"; the code that approves asks it too. What is served of a picture are its renditions: their
very bytes belong to the text. Read at the end of the transaction, so that one can write the parts
in any order (SEC-20, SEC-22, SEC-25; decision 0007).
"""

from __future__ import annotations

DIGEST = """
CREATE FUNCTION stories_text_digest(wanted bigint) RETURNS text
LANGUAGE sql STABLE AS $$
  SELECT encode(sha256(convert_to((jsonb_build_array(
    p.title, p.slug, p.seo_title, p.search_description,
    s.teaser, s.hard, s.turning_point, s.steps, s.quote, s.would_do_differently, s.try_tomorrow,
    s.caseworker_beliefs, s.citizen_beliefs, s.duration_band, s.now_band, s.outcome,
    s.share_citizens, s.share_staff, s.share_efforts,
    s.action_kinds, s.target_group, s.age_band, s.contact_form, s.teller_role,
    (SELECT coalesce(jsonb_agg(t.name ORDER BY t.name COLLATE "C"), '[]'::jsonb)
       FROM stories_storytag st JOIN taggit_tag t ON t.id = st.tag_id
      WHERE st.content_object_id = s.page_ptr_id)

  ) || CASE WHEN EXISTS (SELECT FROM stories_storypicture sp WHERE sp.story_id = wanted) THEN
    jsonb_build_array((
      SELECT jsonb_agg(jsonb_build_array(sp.uid, sp.alt, sp.caption, (
          SELECT jsonb_agg(jsonb_build_array(
              r.size, r.width, r.height, encode(sha256(r.content), 'hex')) ORDER BY r.size)
            FROM stories_storyrendition r WHERE r.picture_id = sp.id)) ORDER BY sp.id)
        FROM stories_storypicture sp WHERE sp.story_id = wanted))
    ELSE '[]'::jsonb END
  )::text, 'UTF8')), 'hex')
  FROM stories_storypage s JOIN wagtailcore_page p ON p.id = s.page_ptr_id
  WHERE s.page_ptr_id = wanted
$$;
"""

LAWFUL = """
CREATE FUNCTION stories_require_lawful(wanted bigint) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
  story stories_storypage;
BEGIN
  SELECT s.* INTO story FROM stories_storypage s JOIN wagtailcore_page p ON p.id = s.page_ptr_id
   WHERE s.page_ptr_id = wanted AND p.live;
  IF NOT FOUND THEN
    RETURN;
  END IF;
  IF story.state NOT IN ('published_internal', 'published_open', 'reread') THEN
    RAISE EXCEPTION 'Story % is live without being published.', wanted
      USING ERRCODE = 'check_violation', CONSTRAINT = 'story_live_only_when_published';
  END IF;
  IF story.approved_digest IS DISTINCT FROM stories_text_digest(wanted) THEN
    RAISE EXCEPTION 'The text of story % is not the one that was approved.', wanted
      USING ERRCODE = 'check_violation', CONSTRAINT = 'story_live_text_was_approved';
  END IF;
  IF NOT EXISTS (
    SELECT FROM stories_storyconsent c
     WHERE c.id = story.published_under_id AND c.story_id = wanted AND c.party = 'citizen'
       AND c.scope = 'internal' AND c.withdrawn_at IS NULL
  ) OR (story.is_open AND NOT EXISTS (
    SELECT FROM stories_storyconsent c
     WHERE c.story_id = story.page_ptr_id AND c.party = 'citizen' AND c.scope = 'open'
       AND c.withdrawn_at IS NULL
  )) THEN
    RAISE EXCEPTION 'Story % lacks the citizen''s consent.', wanted
      USING ERRCODE = 'check_violation', CONSTRAINT = 'story_live_with_consent';
  END IF;

  IF EXISTS (SELECT FROM stories_storypicture sp WHERE sp.story_id = wanted) AND NOT EXISTS (
    SELECT FROM stories_storyconsent c
     WHERE c.story_id = wanted AND c.party = 'citizen' AND c.scope = 'photo'
       AND c.withdrawn_at IS NULL
  ) THEN
    RAISE EXCEPTION 'Story % has pictures without consent.', wanted
      USING ERRCODE = 'check_violation', CONSTRAINT = 'story_live_pictures_with_consent';
  END IF;
  IF EXISTS (SELECT FROM stories_storytombstone t WHERE t.uid = story.uid) THEN
    RAISE EXCEPTION 'Story % was withdrawn.', wanted
      USING ERRCODE = 'check_violation', CONSTRAINT = 'story_live_never_after_withdrawal';
  END IF;
END
$$;
"""

GUARDS = """
CREATE FUNCTION stories_guard_page() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN PERFORM stories_require_lawful(NEW.id); RETURN NULL; END $$;

CREATE FUNCTION stories_guard_story() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN PERFORM stories_require_lawful(NEW.page_ptr_id); RETURN NULL; END $$;

CREATE FUNCTION stories_guard_consent() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN PERFORM stories_require_lawful(OLD.story_id); RETURN NULL; END $$;

CREATE FUNCTION stories_guard_tagging() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'INSERT' THEN PERFORM stories_require_lawful(OLD.content_object_id); END IF;
  IF TG_OP <> 'DELETE' THEN PERFORM stories_require_lawful(NEW.content_object_id); END IF;
  RETURN NULL;
END $$;

CREATE FUNCTION stories_guard_tag() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM stories_require_lawful(st.content_object_id)
     FROM stories_storytag st WHERE st.tag_id = NEW.id;
  RETURN NULL;
END $$;

CREATE FUNCTION stories_guard_tombstone() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM stories_require_lawful(s.page_ptr_id) FROM stories_storypage s WHERE s.uid = NEW.uid;
  RETURN NULL;
END $$;

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
"""

TRIGGERS = """
CREATE CONSTRAINT TRIGGER story_lawful AFTER INSERT OR UPDATE ON wagtailcore_page
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.live)
  EXECUTE FUNCTION stories_guard_page();
CREATE CONSTRAINT TRIGGER story_lawful AFTER INSERT OR UPDATE ON stories_storypage
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION stories_guard_story();
CREATE CONSTRAINT TRIGGER story_lawful AFTER UPDATE OR DELETE ON stories_storyconsent
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION stories_guard_consent();
CREATE CONSTRAINT TRIGGER story_lawful AFTER INSERT OR UPDATE OR DELETE ON stories_storytag
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION stories_guard_tagging();
CREATE CONSTRAINT TRIGGER story_lawful AFTER UPDATE ON taggit_tag
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION stories_guard_tag();
CREATE CONSTRAINT TRIGGER story_lawful AFTER INSERT ON stories_storytombstone
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION stories_guard_tombstone();
CREATE CONSTRAINT TRIGGER story_lawful AFTER INSERT OR UPDATE OR DELETE ON stories_storypicture
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION stories_guard_picture();
CREATE CONSTRAINT TRIGGER story_lawful AFTER INSERT OR UPDATE OR DELETE ON stories_storyrendition
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION stories_guard_rendition();
"""

MAKE = DIGEST + LAWFUL + GUARDS + TRIGGERS

UNDO = """
DROP TRIGGER story_lawful ON wagtailcore_page;
DROP TRIGGER story_lawful ON stories_storypage;
DROP TRIGGER story_lawful ON stories_storyconsent;
DROP TRIGGER story_lawful ON stories_storytag;
DROP TRIGGER story_lawful ON taggit_tag;
DROP TRIGGER story_lawful ON stories_storytombstone;
DROP TRIGGER story_lawful ON stories_storypicture;
DROP TRIGGER story_lawful ON stories_storyrendition;
DROP FUNCTION stories_guard_page, stories_guard_story, stories_guard_consent,
  stories_guard_tagging, stories_guard_tag, stories_guard_tombstone,
  stories_guard_picture, stories_guard_rendition;
DROP FUNCTION stories_require_lawful(bigint);
DROP FUNCTION stories_text_digest(bigint);
"""
