"use client";

import { useTranslations } from "next-intl";
import { Banner } from "@/components/banner";
import { Button } from "@/components/button";
import { SendingFile } from "@/components/upload/sending-file";
import { EvidenceField } from "./evidence-field";
import type { EvidenceUpload } from "./use-evidence-upload";

type EvidenceSubmitProps = {
  upload: EvidenceUpload;
  /** True once the form was sent. */
  wasSent: boolean;
  /** Why it was not recorded. */
  failure: string | null;
  isBusy: boolean;
  words: { record: string; recording: string };
};

/** The end of a form that records something with its proof: the file, what went wrong, and the button. */
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
