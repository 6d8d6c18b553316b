"use client";

import type { ImportId } from "@ringfence/core/ids";
import type { Delimiter, Encoding, Mapping } from "@ringfence/core/desk/import";
import type { ImportPreview } from "@ringfence/services/desk/import";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTRPC } from "@/trpc/client";

/** A file as it is read by what a person has said last; what they change holds at once. */
export function usePreview(id: ImportId, read: ImportPreview) {
  const trpc = useTRPC();
  const [preview, setPreview] = useState(read);
  const [mapping, setMapping] = useState(read.mapping);
  const again = useMutation(trpc.import.preview.mutationOptions());

  const change = (changes: Partial<Mapping>) => {
    const changed = { ...mapping, ...changes };
    setMapping(changed);
    // Of several on their way, only the last one's answer is taken.
    again.mutate({ id, mapping: changed }, { onSuccess: setPreview });
  };
  const changeDialect = (dialect: { encoding: Encoding; delimiter: Delimiter }) => {
    setMapping({ ...mapping, ...dialect });
    again.mutate(
      { id, dialect },
      {
        onSuccess(guessed) {
          setPreview(guessed);
          setMapping(guessed.mapping);
        },
      },
    );
  };
  const { isPending: isReading, error } = again;
  return { preview, mapping, change, changeDialect, isReading, failure: error?.message ?? null };
}
