import { type CampaignDuty, isEndingDuty, isOpenDuty } from "@ringfence/core/audience/campaign";
import type { CampaignView, DutiesView } from "@ringfence/services/audience/campaign";
import { useFormatter, useLocale, useTranslations } from "next-intl";
import { useId } from "react";
import { Badge } from "@/components/badge";
import { Banner } from "@/components/banner";
import { LocalTime } from "@/components/dates";
import { Section } from "@/components/page-layout";
import { Progress } from "@/components/progress";
import { RuleLaw } from "@/components/rule-law";
import { formatDate } from "@/i18n/format-time";
import { placeName } from "@/i18n/place-name";
import { ConfirmDuty, WithdrawDuty } from "./duty-actions";

type Group = NonNullable<DutiesView["groups"]>[number];
type Duty = Group["duties"][number];
type Confirmation = NonNullable<Duty["confirmation"]>;

type DutySectionProps = {
  campaign: CampaignView;
  duties: DutiesView;
  /** Why this member may not confirm duties. */
  whyNot: string | undefined;
};

/**
 * Shows the caller's duties that no program can check, by place. Missing duties come first. A
 * campaign that is over shows only its history.
 */
export function DutySection({ campaign, duties, whyNot }: DutySectionProps) {
  const t = useTranslations("duties");
  const { groups, history, isOver } = duties;
  if (isOver && history.length === 0) return null;
  return (
    <Section title={t("title")} aside={t("note")}>
      {groups ? (
        <Checklist campaign={campaign} duties={duties} groups={groups} whyNot={whyNot} />
      ) : (
        <p className="py-2.5 text-muted">{t(isOver ? "over" : "notCounted")}</p>
      )}
      {history.length > 0 && <DutyHistory history={history} />}
    </Section>
  );
}

type ChecklistProps = DutySectionProps & { groups: readonly Group[] };

function Checklist({ campaign, duties, groups, whyNot }: ChecklistProps) {
  const t = useTranslations("duties");
  const { total = 0, open = 0 } = duties;
  if (groups.length === 0) return <p className="py-2.5 text-muted">{t("none")}</p>;
  const isCalling = campaign.state === "running" && open > 0;
  return (
    <div className="grid grid-cols-1 gap-5 pt-3">
      {isCalling && (
        <Banner tone="bad" title={t("refusing")}>
          {t("refusingBody")}
        </Banner>
      )}
      <div className="max-w-[32rem]">
        <Progress label={t("progress")} value={total - open} max={Math.max(total, 1)}>
          {t("confirmedOf", { confirmed: total - open, total })}
        </Progress>
      </div>
      {groups.map((group) => (
        <PlaceDuties
          key={group.place}
          campaignId={campaign.id}
          {...{ group, whyNot }}
          sources={duties.sources}
        />
      ))}
    </div>
  );
}

type PlaceDutiesProps = {
  campaignId: CampaignView["id"];
  group: Group;
  sources: DutiesView["sources"];
  whyNot: string | undefined;
};

/** The duties in one place. */
function PlaceDuties({ campaignId, group, sources, whyNot }: PlaceDutiesProps) {
  const { place, open, duties } = group;
  const t = useTranslations("duties");
  const locale = useLocale();
  const id = useId();
  return (
    <section aria-labelledby={id}>
      <h3 id={id} className="border-b border-line pb-1.5 text-base font-semibold">
        {placeName(locale, place)}
        <span className="pl-2 text-sm font-normal text-muted">
          {open > 0 ? t("openHere", { count: open }) : t("doneHere")}
        </span>
      </h3>
      <ul>
        {duties.map((duty) => (
          <li
            key={duty.version}
            className="grid grid-cols-1 gap-x-8 gap-y-2 border-b border-line py-3 md:grid-cols-[minmax(0,1.6fr)_minmax(0,1fr)]"
          >
            <div className="grid content-start justify-items-start gap-1.5">
              <DutyBadge duty={duty} />
              <p className="max-w-[46rem]">{duty.duty.duty[locale]}</p>
              <DutyStanding duty={duty} />
              <DutyButtons campaignId={campaignId} duty={duty} whyNot={whyNot} />
            </div>
            <RuleLaw rule={duty.duty} sources={sources} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function DutyBadge({ duty }: { duty: CampaignDuty }) {
  if (duty.state === "confirmed") return <Badge status="confirmed" />;
  return <Badge status={isOpenDuty(duty) ? "not-confirmed" : "begins-later"} />;
}

/** Says why a duty is open, or who confirmed it, and how long that is valid. */
function DutyStanding({ duty }: { duty: Duty }) {
  const t = useTranslations("duties");
  const locale = useLocale();
  const { state, confirmation, daysLeft, startsOn } = duty;
  return (
    <>
      {startsOn && (
        <p className="text-sm text-muted">{t("begins", { day: formatDate(locale, startsOn) })}</p>
      )}
      {state !== "confirmed" && state !== "missing" && (
        <p className="text-sm font-medium">{t(`why.${state}`)}</p>
      )}
      {confirmation && <ConfirmationText confirmation={confirmation} />}
      {daysLeft !== null && isEndingDuty(duty) && (
        <p className="text-sm font-medium text-warn">{t("daysLeft", { count: daysLeft })}</p>
      )}
    </>
  );
}

/** Shows who confirmed a duty, when, until what day it is valid, and its reference and note. */
function ConfirmationText({ confirmation }: { confirmation: Confirmation }) {
  const t = useTranslations("duties");
  const locale = useLocale();
  const format = useFormatter();
  const { at, by, validUntil, reference, note, isForSeller } = confirmation;
  const parts = [
    ...(reference === "" ? [] : [t("reference", { reference })]),
    ...(validUntil === null ? [] : [t("validUntil", { day: formatDate(locale, validUntil) })]),
    t(isForSeller ? "forSeller" : "forCampaign"),
  ];
  return (
    <div className="grid gap-0.5 text-sm text-muted">
      <p>
        {by ? t("confirmedBy", { name: by }) : t("confirmedAt")}{" "}
        <LocalTime instant={at} precision="minute" />
      </p>
      <p>{format.list(parts, { type: "unit" })}</p>
      {note && <p className="max-w-[46rem] whitespace-pre-line">{note}</p>}
    </div>
  );
}

type DutyButtonsProps = {
  campaignId: CampaignView["id"];
  duty: Duty;
  whyNot: string | undefined;
};

function DutyButtons({ campaignId, duty, whyNot }: DutyButtonsProps) {
  const locale = useLocale();
  const { version, state, confirmation, lastValidDay, daysLeft } = duty;
  const { id: ruleId } = duty.duty;
  const sentence = duty.duty.duty[locale];
  const canRenew = state !== "confirmed" || (daysLeft !== null && lastValidDay !== null);
  return (
    <div className="grid grid-cols-1 justify-items-start gap-2 pt-1">
      {canRenew && (
        <ConfirmDuty
          // A new confirmation clears the fields.
          key={confirmation?.id ?? "none"}
          {...{ campaignId, ruleId, version, sentence, lastValidDay, whyNot }}
          isRenewal={state === "confirmed"}
        />
      )}
      {state === "confirmed" && confirmation && (
        <WithdrawDuty
          confirmationId={confirmation.id}
          isForSeller={confirmation.isForSeller}
          {...{ campaignId, sentence, whyNot }}
        />
      )}
    </div>
  );
}

/** Every confirmation that was made for the campaign or for its seller, also those that no longer count. */
function DutyHistory({ history }: Pick<DutiesView, "history">) {
  const t = useTranslations("duties");
  const locale = useLocale();
  return (
    <details className="pt-4">
      <summary>{t("history", { count: history.length })}</summary>
      <ol className="pt-1">
        {history.map((confirmation) => {
          const { id, rule, duty, withdrawal } = confirmation;
          return (
            <li key={id} className="grid gap-0.5 border-b border-line py-2.5">
              <p>
                {duty?.duty[locale] ?? rule}{" "}
                {duty && (
                  <span className="text-sm text-muted">{placeName(locale, duty.jurisdiction)}</span>
                )}
              </p>
              <ConfirmationText confirmation={confirmation} />
              {withdrawal && (
                <p className="text-sm">
                  {withdrawal.by
                    ? t("withdrawnBy", { name: withdrawal.by, reason: withdrawal.reason })
                    : t("withdrawnAt", { reason: withdrawal.reason })}{" "}
                  <LocalTime instant={withdrawal.at} precision="minute" />
                </p>
              )}
            </li>
          );
        })}
      </ol>
    </details>
  );
}
