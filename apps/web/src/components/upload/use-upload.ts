"use client";

import { useEffect, useRef, useState } from "react";
import { type Sent, sendFile } from "./send-file";

type Refused = Exclude<Sent, { id: unknown }>;

/** Sends one file; `onTaken` gets the id under which it is there. */
export function useUpload(onTaken: (id: string) => void) {
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
  const send = async (file: File, address: string) => {
    setRefused(null);
    setSentBytes(0);
    const { request, sent } = sendFile(file, address, setSentBytes);
    current.current = request;
    const answer = await sent;
    if (current.current !== request) return;
    if ("id" in answer) {
      onTaken(answer.id);
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
