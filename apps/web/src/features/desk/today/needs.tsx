import { type Action, type Actor, may } from "@ringfence/core/platform/access";
import type { Need, Today } from "@ringfence/services/desk/today";
import { useTranslations } from "next-intl";
import { Banner } from "@/components/banner";
import { Count } from "@/components/numbers";
import { Empty, Section } from "@/components/page-layout";
import {
  CalendarClock,
  CircleAlert,
  CircleQuestionMark,
  ClockAlert,
  FileSearch,
  KeyRound,
  Megaphone,
  MessageCircleQuestionMark,
  MessageSquareWarning,
  PhoneOff,
  Unplug,
  UserCheck,
  Waves,
} from "lucide-react";
import Link from "next/link";
import { Icon } from "@/components/icons";
import { useNeedWords } from "./need-words";
import type { Route } from "next";
import { findDelivery } from "@/server/delivery";
import { safePath } from "@/server/safe-path";

/** Says how many needs there are, how many are urgent, and how many calls unchecked registries stopped. */
export function NeedsSummary({ needs, today: { refusals } }: Omit<NeedsProps, "actor">) {
  const t = useTranslations("today");
  const unchecked = refusals.reasons.find(({ reason }) => reason === "registry-unchecked");
  if (needs.length === 0) return null;
  const now = needs.filter(({ when }) => when === "now").length;
  return (
    <p className="max-w-[46rem] text-lg text-pretty">
      {t.rich("lead", { b: (text) => <b>{text}</b>, count: needs.length, now })}{" "}
      {unchecked && t("leadUnchecked", { count: unchecked.count })}
    </p>
  );
}

/** Says which messages cannot be sent, because the installation has no such server, and what does not work then. */
export function UnsetDelivery() {
  const t = useTranslations("today.unset");
  const { sms, email } = findDelivery();
  if (sms && email) return null;
  return (
    <div className="pt-3">
      <Banner tone="care" title={t("title")}>
        <ul className="list-disc pl-4">
          {!sms && <li>{t("sms")}</li>}
          {!email && <li>{t("email")}</li>}
        </ul>
      </Banner>
    </div>
  );
}

const groups: readonly Need["when"][] = ["now", "today", "week"];

type NeedsProps = { needs: readonly Need[]; today: Today; actor: Actor };

/** Rows that each group shows at once. More are folded. */
const ROWS_IN_SIGHT = 6;

/** Lists needs, grouped by urgency. */
export function Needs({ needs, today: { refusals, hasNoRegistry }, actor }: NeedsProps) {
  const t = useTranslations("today");
  const toRow = (need: Need) => (
    <NeedRow key={needKey(need)} need={need} refused={refusals.unchecked} actor={actor} />
  );
  return (
    <Section title={t("needs")}>
      {needs.length === 0 && (
        <Empty title={t("noNeeds")}>
          {hasNoRegistry ? t("noRegistry") : t("registriesFresh")} {t("noNeedsBody")}
        </Empty>
      )}
      {groups.map((when) => {
        const rows = needs.filter((need) => need.when === when);
        if (rows.length === 0) return null;
        return (
          <div key={when}>
            <h3 className="flex justify-between border-b border-line pt-3.5 pb-1.5 text-sm font-medium text-muted">
              {t(`groups.${when}`)} <Count value={rows.length} />
            </h3>
            <ul>{rows.slice(0, ROWS_IN_SIGHT).map(toRow)}</ul>
            {rows.length > ROWS_IN_SIGHT && (
              <details>
                <summary>{t("more", { count: rows.length - ROWS_IN_SIGHT })}</summary>
                <ul>{rows.slice(ROWS_IN_SIGHT).map(toRow)}</ul>
              </details>
            )}
          </div>
        );
      })}
    </Section>
  );
}

/** Key of a need: its kind or, if there may be several, its subject. */
function needKey(need: Need) {
  if ("runId" in need) return need.runId;
  if ("campaignId" in need) return need.campaignId;
  if ("why" in need) return `${need.kind} ${need.why} ${need.when}`;
  return "registryId" in need ? `${need.kind} ${need.registryId}` : need.kind;
}

const icons = {
  "opt-outs-misread": CircleQuestionMark,
  "questions-open": MessageCircleQuestionMark,
  "deliveries-dead": Unplug,
  "campaigns-in-review": Megaphone,
  "form-questions-open": CircleQuestionMark,
  "campaign-held": Megaphone,
  "policy-names-gone": CircleAlert,
  "keys-cut": KeyRound,
  "keys-expiring": KeyRound,
  "keys-new-network": KeyRound,
  "complaints-open": MessageSquareWarning,
  "corrections-open": UserCheck,
  "bursts-open": Waves,
  "burst-liftings-open": UserCheck,
  "violations-open": PhoneOff,
  "registry-unread": CircleAlert,
  "registry-stale": CircleAlert,
  "registries-missing": CircleAlert,
  "edition-held": FileSearch,
  "run-failed": CircleAlert,
  "registry-near": ClockAlert,
  "consents-ending": CalendarClock,
} as const satisfies Record<Need["kind"], typeof CircleAlert>;

const inks = { now: "text-refuse", today: "text-warn", week: "text-muted" } as const;

type NeedRowProps = { need: Need; refused: Today["refusals"]["unchecked"]; actor: Actor };

/** Shows a need, its consequence, its date, and a link to where it is resolved. */
function NeedRow({ need, refused, actor }: NeedRowProps) {
  const t = useTranslations("need");
  const { title, body, time } = useNeedWords(refused)(need);
  const remedy = findRemedy(need);
  return (
    <li className="grid grid-cols-[1.75rem_minmax(0,1fr)] gap-y-0.5 border-b border-line pt-2.5 pb-2.75 md:grid-cols-[1.75rem_minmax(0,1fr)_12rem_10.5rem]">
      <Icon of={icons[need.kind]} className={`mt-0.5 ${inks[need.when]}`} />
      <div>
        <h4 className="text-base font-semibold">{title}</h4>
        <p className="max-w-[44rem] text-sm text-pretty text-muted">{body}</p>
      </div>
      {time && (
        <p className="col-start-2 text-sm text-muted md:col-start-3 md:px-4 md:leading-5">{time}</p>
      )}
      {remedy && may(actor, remedy.action) && (
        <Link
          href={remedy.href}
          className="col-start-2 justify-self-start py-1 text-sm md:col-start-4 md:row-start-1 md:justify-self-end md:py-0 md:leading-5"
        >
          {t(remedy.words)}
        </Link>
      )}
    </li>
  );
}

/** Page on which a need is resolved, the permission for it, and the message key of the link's text. */
type Remedy = {
  href: Route;
  action: Action;
  words:
    | "registries"
    | "mend"
    | "run"
    | "violations"
    | "questions"
    | "complaints"
    | "corrections"
    | "bursts"
    | "campaign"
    | "endpoints"
    | "campaigns"
    | "forms"
    | "policy"
    | "keys";
};

const registries: Remedy = { href: "/registries", action: "registry.read", words: "registries" };

/** Finds where a need is resolved; null if no page resolves it. */
function findRemedy(need: Need): Remedy | null {
  switch (need.kind) {
    case "registry-unread":
    case "registry-stale":
    case "registry-near":
    case "registries-missing":
    case "edition-held":
      return registries;
    case "opt-outs-misread":
      return { href: "/opt-outs", action: "opt-out.read", words: "mend" };
    case "questions-open":
      return { href: "/inbound", action: "inbound.read", words: "questions" };
    case "complaints-open":
      return { href: "/complaints", action: "complaint.read", words: "complaints" };
    case "corrections-open":
      return { href: "/opt-outs", action: "opt-out.read", words: "corrections" };
    case "deliveries-dead":
      return { href: "/endpoints", action: "endpoint.read", words: "endpoints" };
    case "campaigns-in-review":
      return { href: "/campaigns", action: "campaign.read", words: "campaigns" };
    case "form-questions-open":
      return { href: "/forms", action: "capture-form.read", words: "forms" };
    case "bursts-open":
    case "burst-liftings-open":
      return { href: "/opt-outs/bursts", action: "opt-out.read", words: "bursts" };
    case "policy-names-gone":
      return { href: "/policy", action: "policy.read", words: "policy" };
    case "keys-cut":
    case "keys-expiring":
    case "keys-new-network":
      return { href: "/keys", action: "api-key.change", words: "keys" };
    case "campaign-held":
      return {
        href: safePath(`/campaigns/${need.campaignId}`),
        action: "campaign.read",
        words: "campaign",
      };
    case "violations-open":
      return { href: "/violations", action: "violation.read", words: "violations" };
    case "run-failed":
      return findRunRemedy(need);
    case "consents-ending":
      return null;
  }
}

function findRunRemedy({ job, subjectId }: Need & { kind: "run-failed" }): Remedy {
  switch (job) {
    case "registry.sync":
      return registries;
    case "scrub.run":
      return { href: safePath(`/scrubs/${subjectId}`), action: "scrub.read", words: "run" };
    case "form.check":
      return { href: safePath(`/forms/${subjectId}`), action: "capture-form.read", words: "run" };
    case "law.preview":
      return { href: "/rules/coming", action: "law-preview.read", words: "run" };
    case "import.run":
      return { href: safePath(`/imports/${subjectId}`), action: "import.read", words: "run" };
  }
}
