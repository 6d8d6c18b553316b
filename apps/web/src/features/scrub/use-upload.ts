"use client";

import { useRouter } from "next/navigation";
import { useEffect, useRef, useState } from "react";
import { type Upload, uploadScrub, type UploadSettings } from "./upload-scrub";

type Refused = Exclude<Upload, { id: unknown }>;

/** Sends one file; when it is there, its scrub is shown. */
export function useUpload() {
  const router = useRouter();
  /** Null when nothing is sent, or no longer meant. */
  const current = useRef<XMLHttpRequest>(null);
  const [sentBytes, setSentBytes] = useState<number | null>(null);
  const [refused, setRefused] = useState<Refused | null>(null);

  const stop = () => {
    const request = current.current;
    current.current = null;
    request?.abort();
    setSentBytes(null);
  };
  const send = async (file: File, settings: UploadSettings) => {
    setRefused(null);
    setSentBytes(0);
    const { request, upload } = uploadScrub(file, settings, setSentBytes);
    current.current = request;
    const answer = await upload;
    if (current.current !== request) return;
    if ("id" in answer) {
      router.push(`/scrubs/${answer.id}`);
      return;
    }
    setSentBytes(null);
    setRefused(answer);
  };
  // The request outlives the page, unless it is ended with it.
  useEffect(
    () => () => {
      const request = current.current;
      current.current = null;
      request?.abort();
    },
    [],
  );
  return { sentBytes, refused, send, stop };
}
