"use client";

import { HEAD_BYTES } from "@ringfence/core/people/number-file";
import { useState } from "react";

/** A chosen file and its first bytes. It stays on this computer. */
export type FileHead = { file: File; bytes: Uint8Array; isWhole: boolean };

export function useFileHead() {
  const [head, setHead] = useState<FileHead | null>(null);
  const open = async (file: File): Promise<FileHead> => {
    const bytes = new Uint8Array(await file.slice(0, HEAD_BYTES).arrayBuffer());
    const opened = { file, bytes, isWhole: bytes.length === file.size };
    setHead(opened);
    return opened;
  };
  return { head, open, forget: () => setHead(null) };
}
