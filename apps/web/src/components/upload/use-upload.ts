"use client";

import { useEffect, useRef, useState } from "react";
import { type Sent, sendFile, type UploadProgress } from "./send-file";

type Refused = Exclude<Sent, { id: unknown }>;

/** Uploads one file. `onTaken` gets the id under which it was stored. */
export function useUpload(onTaken: (id: string) => void) {
  /** Null if no upload is running, or if it was cancelled. */
  const current = useRef<AbortController>(null);
  const [progress, setProgress] = useState<UploadProgress | null>(null);
  const [refused, setRefused] = useState<Refused | null>(null);

  const stop = () => {
    current.current?.abort();
    current.current = null;
    setProgress(null);
  };
  const send = async (file: File, address: string) => {
    current.current?.abort();
    const sending = new AbortController();
    current.current = sending;
    setRefused(null);
    setProgress({ phase: "reading", bytes: 0 });
    const onProgress = (made: UploadProgress) => {
      if (current.current === sending) setProgress(made);
    };
    const answer = await sendFile(file, address, { onProgress, signal: sending.signal });
    if (current.current !== sending) return;
    if ("id" in answer) {
      onTaken(answer.id);
      return;
    }
    setProgress(null);
    setRefused(answer);
  };
  // The request outlives the page unless it is aborted here.
  useEffect(
    () => () => {
      current.current?.abort();
      current.current = null;
    },
    [],
  );
  return { progress, refused, send, stop };
}
