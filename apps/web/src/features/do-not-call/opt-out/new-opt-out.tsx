"use client";

import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTRPC } from "@/trpc/client";
import { OptOutForm } from "./opt-out-form";
import { OptOutOnRecord } from "./opt-out-on-record";
import type { ScopeNames } from "./scope-words";

type NewOptOutProps = { names: ScopeNames; homeRegion: string; mayRead: boolean };

/** A person's refusal, and then its reference, for as long as the page is open. */
export function NewOptOut({ names, homeRegion, mayRead }: NewOptOutProps) {
  const trpc = useTRPC();
  const record = useMutation(trpc.optOut.record.mutationOptions());
  const [times, setTimes] = useState(0);
  const answer = record.data?.answer;
  if (answer) {
    return (
      <OptOutOnRecord
        answer={answer}
        names={names}
        mayRead={mayRead}
        onAnother={() => {
          record.reset();
          setTimes(times + 1);
        }}
      />
    );
  }
  return (
    <OptOutForm
      key={times}
      names={names}
      homeRegion={homeRegion}
      fault={record.data?.fault ?? null}
      failure={record.error?.message ?? null}
      isBusy={record.isPending}
      onRecord={record.mutate}
    />
  );
}
