"use client";

import type { EvidenceFileKind } from "@ringfence/core/consents/evidence";
import { useRef, useState } from "react";
import { useUpload } from "@/components/upload/use-upload";

/**
 * Sends a recording or scan, and then calls what was to be done with it. A file that has arrived is not sent
 * again when the form is.
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
    /** Null when nothing is on its way. */
    progress: hasArrived ? null : progress,
    choose: (chosen: File | null) => {
      stop();
      setFile(chosen);
    },
    submit: (then: (id: string) => void) => {
      next.current = then;
      if (hasArrived) then(arrived.id);
      else if (file !== null) void send(file, `/api/uploads/evidence?kind=${kind}`);
    },
  };
}

export type EvidenceUpload = ReturnType<typeof useEvidenceUpload>;
