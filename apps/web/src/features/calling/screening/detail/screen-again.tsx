"use client";
import type { Reason, ScreeningRef, VerdictDifference } from "@ringfence/core/calling/screening";
import { useMutation } from "@tanstack/react-query";
import { RotateCw } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import type { RepeatedScreening } from "@ringfence/services/calling/screening";
import { Button } from "@/components/buttons";
import { Failed } from "@/components/failed";
import { Facts, Section } from "@/components/page-layout";
import { useTRPC } from "@/trpc/client";
import { Badge } from "@/components/badge";
import { MessageText } from "@/components/message-text";

type RegistryNames = Readonly<Record<string, string>>;

type ScreenAgainProps = {
  screening: ScreeningRef;
  verdict: "allow" | "refuse";
  /** Names of registries, by code. */
  registryNames: RegistryNames;
};

/** Screens the same call at the same instant by what is known today, and compares the result with the past verdict. */
export function ScreenAgain({ screening, verdict, registryNames }: ScreenAgainProps) {
  const t = useTranslations("screening");
  const again = useScreenAgain(screening);
  return (
    <Section title={t("again")}>
      <div className="screenonly grid justify-items-start gap-3 pt-3">
        <p className="max-w-[46rem] text-muted">{t("againBody")}</p>
        <Button icon={RotateCw} busy={again.isPending && t("screening")} onClick={again.run}>
          {t("againButton")}
        </Button>
      </div>
      <div aria-live="polite">
        {again.fault !== null && (
          <div className="pt-3">
            <Failed title={t("againFailed")}>{again.fault}</Failed>
          </div>
        )}
        {again.result && (
          <AgainResult result={again.result} past={verdict} registryNames={registryNames} />
        )}
      </div>
    </Section>
  );
}

/** Returns the mutation that screens the call again: of a screening, or of a row of a scrub. */
function useScreenAgain(screening: ScreeningRef) {
  const trpc = useTRPC();
  const one = useMutation(trpc.screening.again.mutationOptions());
  const row = useMutation(trpc.screening.rowAgain.mutationOptions());
  const isRow = "row" in screening;
  const { data, error, isPending } = isRow ? row : one;
  return {
    result: isPending ? undefined : data,
    fault: error?.message ?? null,
    isPending,
    run: () => (isRow ? row.mutate(screening) : one.mutate(screening)),
  };
}

type AgainResultProps = {
  result: RepeatedScreening;
  past: "allow" | "refuse";
  registryNames: RegistryNames;
};

/** Compares both verdicts, with the differences and the reasons that apply now. */
function AgainResult({ result, past, registryNames }: AgainResultProps) {
  const { answer, difference } = result;
  const t = useTranslations("screening");
  const names = useTranslations("reasons");
  return (
    <div className="grid gap-4 pt-4">
      <Facts
        facts={[
          { name: t("then"), value: <Badge status={past} /> },
          { name: t("now"), value: <Badge status={answer.verdict} /> },
        ]}
      />
      <div>
        <h3>{t("differs")}</h3>
        <Differences difference={difference} registryNames={registryNames} />
      </div>
      {answer.refusals.length > 0 && (
        <div>
          <h3>{t("nowReasons")}</h3>
          <ol>
            {answer.refusals.map(({ reason, rule, registry, citation, message }) => (
              <li
                key={[reason, rule, registry].join(" ")}
                className="grid gap-0.5 border-b border-line py-2.5"
              >
                <p className="max-w-[44rem] text-pretty">
                  <b>{names(`${reason}.name`)}.</b> <MessageText message={message} />
                </p>
                {citation && <p className="text-sm text-muted">{citation}</p>}
              </li>
            ))}
          </ol>
        </div>
      )}
    </div>
  );
}

type DifferencesProps = { difference: VerdictDifference; registryNames: RegistryNames };

/** Lists in sentences how a verdict by today's facts differs from the verdict then. */
function Differences({ difference, registryNames }: DifferencesProps) {
  const t = useTranslations("screening");
  const sentences = useSentences(difference, registryNames);
  const { isSame, ofCampaign } = difference;
  return (
    <>
      {isSame ? (
        <p className="max-w-[46rem] pt-1">{t("same")}</p>
      ) : (
        <ul className="max-w-[46rem]">
          {sentences.map((sentence) => (
            <li key={sentence} className="border-b border-line py-2">
              {sentence}
            </li>
          ))}
        </ul>
      )}
      {ofCampaign.length > 0 && (
        <p className="max-w-[46rem] pt-2 text-sm text-muted">{t("ofCampaign")}</p>
      )}
    </>
  );
}

function useSentences(difference: VerdictDifference, registryNames: RegistryNames): string[] {
  const t = useTranslations("screening.difference");
  const reasonNames = useTranslations("reasons");
  const format = useFormatter();
  const named = (reasons: readonly Reason[]) =>
    format.list(
      new Set(
        reasons.map(({ reason, registry }) => {
          const name = reasonNames(`${reason}.name`);
          return registry === undefined ? name : `${name} (${registryNames[registry] ?? registry})`;
        }),
      ),
    );
  const listReasons = (
    key: "refusalsGone" | "refusalsAdded" | "warningsGone" | "warningsAdded",
  ) => {
    const [refusals, warnings] = [difference.refusals, difference.warnings];
    const reasons = {
      refusalsGone: refusals.gone,
      refusalsAdded: refusals.added,
      warningsGone: warnings.gone,
      warningsAdded: warnings.added,
    }[key];
    return reasons.length === 0 ? [] : [t(key, { reasons: named(reasons) })];
  };
  return [
    ...(difference.isOtherVerdict ? [t("verdict")] : []),
    ...listReasons("refusalsGone"),
    ...listReasons("refusalsAdded"),
    ...listReasons("warningsGone"),
    ...listReasons("warningsAdded"),
    ...(difference.hasOtherConsent ? [t("consent")] : []),
    ...(difference.hasOtherPlaces ? [t("places")] : []),
    ...(difference.hasOtherZones ? [t("zones")] : []),
    ...difference.editions.map(({ registry, before, now }) =>
      t("edition", {
        registry: registryNames[registry] ?? registry,
        before: before === null ? t("noEdition") : String(before),
        now: now === null ? t("noEdition") : String(now),
      }),
    ),
    ...(difference.hasOtherRules ? [t("rules")] : []),
  ];
}
