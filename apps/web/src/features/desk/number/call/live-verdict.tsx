"use client";
import type { JudgedCall } from "@ringfence/services/desk/number";
import type { Person } from "@ringfence/services/people/phone";
import { useQuery } from "@tanstack/react-query";
import { useLocale, useTranslations } from "next-intl";
import { useCallback, useState } from "react";
import { FenceStrip } from "@/components/fence/fence";
import { formatInstant } from "@/i18n/format-time";
import { useTRPC, useTRPCClient } from "@/trpc/client";
import { JudgedVerdict, toScreeningView } from "../verdict";

/** A verdict is checked again after this time, which is also how long a permit usually lasts. */
const CHECK_MS = 60_000;
/** A verdict that is older than this without a new one is not shown as one. */
const STALE_MS = 65_000;
const RETRY_MS = 5_000;
const ANSWER_MS = 3_000;

export type LiveJudgement = ReturnType<typeof useLiveJudgement>;

/** Screens the call again every minute, and when asked. Without a fresh answer nobody may be called. */
export function useLiveJudgement(phone: string, rendered: JudgedCall) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const { seller, purpose, dialer } = rendered.call;
  const [checkedByHandAt, setCheckedByHandAt] = useState<Date | null>(null);
  const { data, isStale, isError, refetch } = useQuery({
    queryKey: [...trpc.phone.pathKey(), "judgement", phone, seller, purpose, dialer],
    queryFn: async ({ signal }) => {
      const inTime = AbortSignal.any([signal, AbortSignal.timeout(ANSWER_MS)]);
      const call = { phone, seller, purpose, dialer };
      const { judged } = await client.phone.find.mutate(call, { signal: inTime });
      if (judged === null) throw new Error("the number was not screened");
      return judged;
    },
    initialData: rendered,
    staleTime: STALE_MS,
    gcTime: 0,
    retry: false,
    networkMode: "always",
    refetchInterval: ({ state }) => (state.status === "error" ? RETRY_MS : CHECK_MS),
  });
  const checkAgain = useCallback(() => refetch({ cancelRefetch: true }), [refetch]);
  const checkByHand = useCallback(() => {
    void checkAgain().then(({ data }) => setCheckedByHandAt(data?.answer.checked.at ?? null));
  }, [checkAgain]);
  const isUnchecked = isStale || isError;
  return {
    judged: data,
    isUnchecked,
    isAllowed: !isUnchecked && data.answer.verdict === "allow",
    hasTurned: isUnchecked || data.answer.verdict !== rendered.answer.verdict,
    checkedByHandAt,
    /** Checks again after something was recorded. */
    checkAgain,
    /** Checks again because the agent asked, and announces the result. */
    checkByHand,
  };
}

type LiveVerdictProps = { live: LiveJudgement; person: Person; hasFocus: boolean };

/** Shows the verdict as it is now. A changed one is announced, and so is one that the agent asked for. */
export function LiveVerdict({ live, person, hasFocus }: LiveVerdictProps) {
  const t = useTranslations("call");
  const locale = useLocale();
  const { answer } = live.judged;
  const verdict = live.isAllowed ? "allow" : "refuse";
  const zone = answer.checked.zones[0] ?? "UTC";
  return (
    <>
      <output className="sr-only">
        {live.checkedByHandAt === null
          ? live.hasTurned && t("turned", { verdict })
          : t("checkedAgain", {
              verdict,
              time: formatInstant(locale, zone, live.checkedByHandAt, "evidence"),
            })}
      </output>
      <JudgedVerdict
        answer={answer}
        person={person}
        hasFocus={hasFocus}
        isOutdated={live.isUnchecked}
      />
      {!live.isUnchecked && <FenceStrip answer={toScreeningView(locale, answer)} />}
    </>
  );
}
