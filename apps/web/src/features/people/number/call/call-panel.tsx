"use client";

import type { Locale } from "@ringfence/core/platform/message";
import { say } from "@ringfence/core/platform/message";
import { useMutation } from "@tanstack/react-query";
import { useLocale } from "next-intl";
import { useRouter } from "next/navigation";
import { type ReactNode, useState } from "react";
import { Columns } from "@/components/columns";
import { useTRPC } from "@/trpc/client";
import { type CallAbout, type CallScope, refusedScope } from "./call-scope";
import { StopForm } from "./stop-form";
import { Stopped, StoppedLine } from "./stopped";

type CallPanelProps = {
  /** E.164. */
  phone: string;
  about: CallAbout;
  /** Of the person on the line. */
  locale: Locale;
  zone: string;
  hasKeys: boolean;
  /** True if the agent looked the number up: a second press of Enter must then not record a refusal. */
  isFound: boolean;
  /** What a screening says now, shown anew when the refusal is in force. */
  judged: ReactNode;
  /** What to say, beside the way to stop. */
  script: ReactNode;
};

/** An agent stops the person on the line; what follows is on the same page, and is read out. */
export function CallPanel({ phone, about, judged, script, isFound, ...person }: CallPanelProps) {
  const trpc = useTRPC();
  const router = useRouter();
  const interfaceLocale = useLocale();
  const record = useMutation(
    trpc.optOut.record.mutationOptions({ onSuccess: () => router.refresh() }),
  );
  const [scope, setScope] = useState<CallScope>("all");
  const { answer, fault } = record.data ?? {};
  const stop = (chosen: CallScope) => {
    setScope(chosen);
    record.mutate({ phone, scope: refusedScope(chosen, about), channel: "agent" });
  };
  return (
    <>
      <output aria-live="assertive" className="block text-xl text-pretty md:text-2xl">
        {answer && (
          <p tabIndex={-1} ref={focus} className="mb-4 max-w-[50rem]">
            <StoppedLine answer={answer} scope={scope} about={about} />
          </p>
        )}
      </output>
      {judged}
      {answer ? (
        <Stopped {...{ answer, scope, about }} {...person} />
      ) : (
        <Columns>
          {script}
          <StopForm
            about={about}
            hasKeys={person.hasKeys}
            isFound={isFound}
            isBusy={record.isPending}
            failure={record.error?.message ?? (fault ? say(interfaceLocale, fault) : null)}
            onStop={stop}
          />
        </Columns>
      )}
    </>
  );
}

const focus = (element: HTMLElement | null) => element?.focus();
