"use client";
import { type Locale, say } from "@ringfence/core/platform/message";
import type { Person } from "@ringfence/services/people/phone";
import type { JudgedCall } from "@ringfence/services/desk/number";
import { useMutation } from "@tanstack/react-query";
import { useLocale } from "next-intl";
import { useRouter } from "next/navigation";
import { type ReactNode, useState } from "react";
import { Columns } from "@/components/page-layout";
import { takeFocus, useEscape, useSingleKeys } from "@/components/single-keys";
import { useTRPC } from "@/trpc/client";
import { ComplaintForm } from "./complaint-form";
import { LiveVerdict, useLiveJudgement } from "./live-verdict";
import {
  type Outcome,
  type OutcomeForms,
  OutcomePanel,
  Outcomes,
  outcomeKeys,
  outcomes,
  useOutcomeForms,
} from "./outcomes";
import { Script } from "./script";
import {
  type CallAbout,
  type CallScope,
  StopForm,
  Stopped,
  StoppedLine,
  toOptOutScope,
} from "./stop";
import { WrongNumber } from "./wrong-number";

type CallPanelProps = {
  /** E.164. */
  phone: string;
  about: CallAbout;
  /** The call as it was screened when the page was rendered. It is screened again every minute. */
  judged: JudgedCall;
  person: Person;
  /** Language of the person on the line. */
  locale: Locale;
  hasKeys: boolean;
  /** True if the agent looked the number up: a second press of Enter must then not record an opt-out. */
  isFound: boolean;
  /** Records a spoken consent; null if the member may not. */
  agreement: ReactNode;
};

/** Everything that an agent does during a call, each by one key. What is recorded stays; Escape only closes a form. */
export function CallPanel({ phone, about, judged, person, agreement, ...call }: CallPanelProps) {
  const { hasKeys, isFound, locale } = call;
  const trpc = useTRPC();
  const interfaceLocale = useLocale();
  const live = useLiveJudgement(phone, judged);
  const zone = live.judged.answer.checked.zones[0] ?? "UTC";
  const record = useMutation(trpc.optOut.record.mutationOptions({ onSuccess: live.checkAgain }));
  const [scope, setScope] = useState<CallScope>("all");
  const { answer, fault } = record.data ?? {};
  const offered = outcomes.filter(
    (outcome) => outcome !== "agreement" || (agreement !== null && !answer),
  );
  const forms = useOutcomeForms();
  useCallKeys({ hasKeys, offered, forms, checkAgain: live.checkByHand });
  const stop = (chosen: CallScope) => {
    setScope(chosen);
    record.mutate({ phone, scope: toOptOutScope(chosen, about), channel: "agent" });
  };
  return (
    <>
      <output aria-live="assertive" className="block text-xl text-pretty md:text-2xl">
        {answer && (
          <p tabIndex={-1} ref={takeFocus} className="mb-4 max-w-[50rem]">
            <StoppedLine answer={answer} scope={scope} about={about} />
          </p>
        )}
      </output>
      <LiveVerdict live={live} person={person} hasFocus={isFound} />
      {answer ? (
        <Stopped {...{ answer, scope, about, locale, zone, hasKeys }} />
      ) : (
        <Columns>
          <Script
            seller={about.seller.name}
            locale={locale}
            isAllowed={live.isAllowed}
            duties={live.judged.duties}
          />
          <StopForm
            about={about}
            hasKeys={hasKeys}
            isFound={isFound}
            isBehind={forms.open !== null}
            isBusy={record.isPending}
            failure={record.error?.message ?? (fault ? say(interfaceLocale, fault) : null)}
            onStop={stop}
            onReturn={forms.close}
          />
        </Columns>
      )}
      <Outcomes
        offered={offered}
        open={forms.open}
        hasKeys={hasKeys}
        isOver={answer !== undefined}
        onOpen={forms.show}
        onCheck={live.checkByHand}
      />
      <OutcomePanel outcome="wrong-number" forms={forms}>
        <WrongNumber phone={phone} locale={locale} onRecorded={live.checkAgain} />
      </OutcomePanel>
      <OutcomePanel outcome="complaint" forms={forms}>
        <ComplaintForm phone={phone} onRecorded={live.checkAgain} />
      </OutcomePanel>
      {offered.includes("agreement") && (
        <OutcomePanel outcome="agreement" forms={forms}>
          {agreement}
        </OutcomePanel>
      )}
    </>
  );
}

type CallKeys = {
  hasKeys: boolean;
  offered: readonly Outcome[];
  forms: OutcomeForms;
  checkAgain: () => void;
};

/** W, C and A open a form, R checks again, N goes on to the next call while no form is open. */
function useCallKeys({ hasKeys, offered, forms, checkAgain }: CallKeys) {
  const router = useRouter();
  const act = (code: string) => {
    const outcome = offered.find((one) => `Key${outcomeKeys[one]}` === code);
    if (outcome !== undefined) forms.show(outcome);
    else if (code === "KeyR") checkAgain();
    else if (code === "KeyN" && forms.open === null) router.push("/call");
    else return false;
    return true;
  };
  useSingleKeys(hasKeys, act);
  useEscape(forms.open !== null, forms.leave);
}
