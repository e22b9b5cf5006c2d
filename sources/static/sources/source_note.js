// A footnote in running text: choose a source, its page and sentence; shown as "[Rosholm 2017]".
(() => {
  const { React, DraftJS, draftail } = window;
  const TYPE = "SOURCE_NOTE";

  const handlers = () => ({
    ...new window.ChooserModalOnloadHandlerFactory().getOnLoadHandlers(),
    source_note_details: (modal) => {
      const form = modal.body.find("form[data-source-note]");
      form.find("input:visible, textarea:visible").first().trigger("focus");
      form.on("submit", () => {
        modal.postForm(form.attr("action"), form.serialize());
        return false;
      });
    },
  });

  class SourceNoteSource extends draftail.ModalWorkflowSource {
    getNote() {
      const { entity } = this.props;
      return entity && entity.getType() === TYPE ? entity.getData() : null;
    }

    getChooserConfig() {
      const note = this.getNote();
      const { sourceNote } = this.props.entityType.chooserUrls;
      return {
        url: note ? `${sourceNote}chosen/${note.id}/` : sourceNote,
        urlParams: note ? { place: note.place, quote: note.quote } : {},
        onload: handlers(),
        responses: { chosen: this.onChosen },
      };
    }

    filterEntityData({ id, label, place, quote }) {
      return { id, label, place, quote };
    }

    onChosen(chosen) {
      const { editorState, onComplete } = this.props;
      const content = editorState.getCurrentContent();
      const selection = editorState.getSelection();
      // A new footnote ends what is marked; one that is changed stands where it stood.
      const end = selection.merge({
        anchorKey: selection.getEndKey(),
        anchorOffset: selection.getEndOffset(),
        focusKey: selection.getEndKey(),
        focusOffset: selection.getEndOffset(),
        isBackward: false,
      });
      const range = this.getNote() ? selection : end;
      const note = content.createEntity(TYPE, "IMMUTABLE", this.filterEntityData(chosen));
      const key = note.getLastCreatedEntityKey();
      const written = DraftJS.Modifier.replaceText(note, range, chosen.label, null, key);
      this.workflow.close();
      onComplete(DraftJS.EditorState.push(editorState, written, "insert-characters"));
    }
  }

  const SourceNote = (props) => {
    const { place, quote } = props.contentState.getEntity(props.entityKey).getData();
    const label = [place, quote].filter(Boolean).join(": ").slice(0, 60);
    return React.createElement(draftail.TooltipEntity, {
      ...props,
      icon: "#icon-openquote",
      label: label || "–",
    });
  };

  draftail.registerPlugin(
    { type: TYPE, source: SourceNoteSource, decorator: SourceNote },
    "entityTypes",
  );
})();
