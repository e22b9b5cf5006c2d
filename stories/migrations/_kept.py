"""A story goes by withdrawal, never by deletion; the pages above it stay (decision 0021).

Wagtail deletes a page with everything below it, so one form took every story, every consent and no
tombstone was left. A draft may be deleted, by the verb alone where somebody has consented to it:
`stories.domain.withdrawal.delete_draft` names the draft for its own transaction.
"""

from __future__ import annotations

FUNCTIONS = """
CREATE FUNCTION stories_keep_story() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.state IN ('published_internal', 'published_open', 'reread', 'archived', 'withdrawn') THEN
    RAISE EXCEPTION 'Story % is withdrawn, not deleted.', OLD.page_ptr_id
      USING ERRCODE = 'restrict_violation', CONSTRAINT = 'story_is_withdrawn_not_deleted';
  END IF;
  RETURN OLD;
END $$;

CREATE FUNCTION stories_keep_consent() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF current_setting('stories.discarding', true) IS DISTINCT FROM OLD.story_id::text THEN
    RAISE EXCEPTION 'Consent % of story % is kept.', OLD.id, OLD.story_id
      USING ERRCODE = 'restrict_violation', CONSTRAINT = 'story_consent_is_kept';
  END IF;
  RETURN OLD;
END $$;

CREATE FUNCTION stories_keep_index() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'The page above all stories is kept.'
    USING ERRCODE = 'restrict_violation', CONSTRAINT = 'story_index_is_kept';
END $$;

CREATE FUNCTION stories_keep_above() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (
    SELECT FROM stories_storypage s JOIN wagtailcore_page p ON p.id = s.page_ptr_id
     WHERE starts_with(p.path, OLD.path) AND p.id <> OLD.id
  ) THEN
    RAISE EXCEPTION 'Page % has stories below it.', OLD.id
      USING ERRCODE = 'restrict_violation', CONSTRAINT = 'story_page_above_is_kept';
  END IF;
  RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
"""

TRIGGERS = """
CREATE TRIGGER story_kept BEFORE DELETE ON stories_storypage
  FOR EACH ROW EXECUTE FUNCTION stories_keep_story();
CREATE TRIGGER story_kept BEFORE DELETE ON stories_storyconsent
  FOR EACH ROW EXECUTE FUNCTION stories_keep_consent();
CREATE TRIGGER story_kept BEFORE DELETE ON stories_storyindexpage
  FOR EACH ROW EXECUTE FUNCTION stories_keep_index();
CREATE TRIGGER story_kept BEFORE DELETE ON wagtailcore_page
  FOR EACH ROW WHEN (OLD.numchild > 0) EXECUTE FUNCTION stories_keep_above();
CREATE TRIGGER story_kept_live BEFORE UPDATE OF live ON wagtailcore_page
  FOR EACH ROW WHEN (OLD.live AND NOT NEW.live AND OLD.numchild > 0)
  EXECUTE FUNCTION stories_keep_above();
"""

MAKE = FUNCTIONS + TRIGGERS

UNDO = """
DROP TRIGGER story_kept ON stories_storypage;
DROP TRIGGER story_kept ON stories_storyconsent;
DROP TRIGGER story_kept ON stories_storyindexpage;
DROP TRIGGER story_kept ON wagtailcore_page;
DROP TRIGGER story_kept_live ON wagtailcore_page;
DROP FUNCTION stories_keep_story, stories_keep_consent, stories_keep_index, stories_keep_above;
"""
