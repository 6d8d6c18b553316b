"use client";

import type { EvidenceFileKind } from "@ringfence/core/evidence";
import { useRef, useState } from "react";
import { useUpload } from "@/components/upload/use-upload";

/**
 * Sends a recording or scan, and then calls what was to be done with it. A file that has arrived is not sent
 * again when the form is.
 */
export function useEvidenceUpload(kind: EvidenceFileKind) {
  const [file, setFile] = useState<File | null>(null);
  const arrived = useRef<{ file: File; id: string }>(null);
  const next = useRef<(id: string) => void>(() => {});
  const { progress, refused, send, stop } = useUpload((id) => {
    if (file !== null) arrived.current = { file, id };
    stop();
    next.current(id);
  });
  const submit = (then: (id: string) => void) => {
    if (file === null) return;
    if (arrived.current?.file === file) {
      then(arrived.current.id);
      return;
    }
    next.current = then;
    void send(file, `/api/uploads/evidence?kind=${kind}`);
  };
  return { file, setFile, submit, progress, refused, stop };
}
