"use client";
import { useTranslations } from "next-intl";
import { Banner } from "@/components/banner";
import { Button } from "@/components/buttons";
import { SendingFile, useUpload } from "@/components/upload/table-upload";
import { type EvidenceFileKind, evidenceTypes } from "@ringfence/core/consents/evidence";
import { FileDrop } from "@/components/file-drop";
import { useRef, useState } from "react";
import { focusFirstFault } from "@/components/form-faults";

type EvidenceSubmitProps = {
  upload: EvidenceUpload;
  /** True once the form was submitted. */
  wasSent: boolean;
  /** Error from recording. */
  failure: string | null;
  isBusy: boolean;
  words: { record: string; recording: string };
};

/** File field, errors and submit button of a form that records something with the file that proves it. */
export function EvidenceSubmit({ upload, wasSent, failure, isBusy, words }: EvidenceSubmitProps) {
  const t = useTranslations("evidenceField");
  const { kind, file, refused, progress, choose, stop } = upload;
  return (
    <>
      <EvidenceField kind={kind} isMissing={wasSent && file === null} onFile={choose} />
      {refused && <Banner tone="bad" role="alert" title={refused.message ?? t("notSent")} />}
      {failure && <Banner tone="bad" role="alert" title={failure} />}
      {file && progress !== null ? (
        <SendingFile file={file} progress={progress} onStop={stop} />
      ) : (
        <div>
          <Button type="submit" look="primary" busy={isBusy && words.recording}>
            {words.record}
          </Button>
        </div>
      )}
    </>
  );
}

type EvidenceFieldProps = {
  kind: EvidenceFileKind;
  /** True once the form was sent without a file. */
  isMissing: boolean;
  onFile: (file: File) => void;
};

/** Takes the recording or scan that proves what is recorded. */
function EvidenceField({ kind, isMissing, onFile }: EvidenceFieldProps) {
  const t = useTranslations("evidenceField");
  const endings = Object.values(evidenceTypes[kind]).flat();
  return (
    <fieldset className="grid gap-1.5">
      <legend className="mb-1 font-medium">{t("legend")}</legend>
      <FileDrop
        key={kind}
        label={t(`label.${kind}`)}
        hint={t(`hint.${kind}`)}
        accept={endings.map((ending) => `.${ending}`).join()}
        onFile={onFile}
      />
      {isMissing && (
        <p role="alert" className="text-sm font-medium text-refuse">
          {t(`missing.${kind}`)}
        </p>
      )}
    </fieldset>
  );
}

/**
 * Uploads a recording or scan, then calls back with its id. A file that has been uploaded is not sent
 * again.
 */
export function useEvidenceUpload(kind: EvidenceFileKind) {
  const [file, setFile] = useState<File | null>(null);
  const [arrived, setArrived] = useState<{ file: File; id: string } | null>(null);
  const next = useRef<(id: string) => void>(() => {});
  const { progress, refused, send, stop } = useUpload((id) => {
    if (file !== null) setArrived({ file, id });
    next.current(id);
  });
  const hasArrived = file !== null && arrived?.file === file;
  return {
    kind,
    file,
    refused,
    stop,
    /** Null unless an upload is in progress. */
    progress: hasArrived ? null : progress,
    choose: (chosen: File | null) => {
      stop();
      setFile(chosen);
    },
    /** Does nothing without a file. */
    submit: (then: (id: string) => void) => {
      next.current = then;
      if (hasArrived) then(arrived.id);
      else if (file !== null) void send(file, `/api/uploads/evidence?kind=${kind}`);
    },
  };
}

type EvidenceUpload = ReturnType<typeof useEvidenceUpload>;

/**
 * Inside a form: moves focus and view to the first fault. Give it another `key` each time the form is sent.
 */
export const FirstFaultFocus = () => (
  <span hidden ref={(mark) => focusFirstFault(mark?.closest("form"))} />
);
