import type { Person } from "@ringfence/services/people/phone";
import type { JudgedCall } from "@ringfence/services/desk/number";
import { useLocale, useTranslations } from "next-intl";
import { LocalTime } from "@/components/dates";
import { PhoneText } from "@/components/people";
import { Verdict } from "@/components/verdict";
import { formatClock, formatInstant, zoneCity } from "@/i18n/format-time";
import type { Reason, ReasonResponse, ScreeningResponse } from "@ringfence/core/calling/screening";
import { Section } from "@/components/page-layout";
import { toGates } from "@/components/fence/to-gates";
import type { GateName, GateState } from "@/components/fence/gate";
import { Fence, useGateWords } from "@/components/fence/fence";
import { type Locale, type Message, say } from "@ringfence/core/platform/message";
import { registryName } from "@/i18n/registry-name";

type JudgedVerdictProps = {
  answer: JudgedCall["answer"];
  person: Person;
  hasFocus?: boolean;
  /** True if the verdict is too old to act upon. Nothing it said is then shown. */
  isOutdated?: boolean;
};

/** Shows the verdict of a screening now, for whom, and the decisive reason. */
export function JudgedVerdict(props: JudgedVerdictProps) {
  const { answer, person, hasFocus = false, isOutdated = false } = props;
  const t = useTranslations("number");
  const locale = useLocale();
  const because = useBecause(answer, person);
  const { phone, verdict, refusals, warnings, checked, callableFrom } = answer;
  const [first, ...more] = refusals;
  const zone = checked.zones[0] ?? "UTC";
  const number = { phone: () => phone && <PhoneText phone={phone} /> };
  const meta = (
    <>
      {t.rich("looked", {
        time: () => <LocalTime instant={checked.at} zone={zone} precision="evidence" />,
      })}{" "}
      {callableFrom &&
        t.rich("opensAt", { time: () => <LocalTime instant={callableFrom} zone={zone} /> })}
      {first && !callableFrom && t("staysShut")}
    </>
  );
  // One element for both, so that the focus stays when a verdict becomes too old.
  return (
    <Verdict
      verdict={isOutdated ? "refuse" : verdict}
      meta={isOutdated ? t("outdatedMeta") : meta}
      hasFocus={hasFocus}
    >
      {isOutdated
        ? t.rich("outdated", number)
        : first
          ? t.rich("refuse", { ...number, because: because(first), more: more.length })
          : t.rich("allow", {
              ...number,
              consented: checked.consent ? "yes" : "no",
              day: checked.consent ? formatInstant(locale, zone, checked.consent.since, "day") : "",
              warnings: warnings.length,
            })}
    </Verdict>
  );
}

/** Returns a function that puts a reason as a clause of the opening sentence. */
function useBecause({ checked }: JudgedCall["answer"], { contacts }: Person) {
  const t = useTranslations("number");
  const locale = useLocale();
  const zone = checked.zones[0] ?? "UTC";
  const [name, ...others] = contacts.flatMap((contact) => contact.name ?? []);
  const who = name !== undefined && others.length === 0 ? name : t("person");

  return ({ reason, registry, since, message }: Reason) => {
    const values: Record<string, unknown> = { ...message.values };
    return t(`because.${reason}`, {
      who,
      registry: registry === undefined ? "" : registryName(registry),
      scope: String(values["scope"]),
      purpose: String(values["purpose"]),
      day: since ? formatInstant(locale, zone, since, "day") : "",
      clock: formatClock(zone, checked.at),
    });
  };
}

/** Lists all reasons against the call, decisive first, or what allows it, then the warnings. */
export function VerdictReasons({ answer }: { answer: ScreeningResponse }) {
  const t = useTranslations("number");
  const { refusals, warnings } = answer;
  const isAllowed = refusals.length === 0;
  return (
    <Section title={isAllowed ? t("whyYes") : t("whyNot", { count: refusals.length })}>
      {isAllowed ? <OpenGates answer={answer} /> : <Reasons reasons={refusals} answer={answer} />}
      {warnings.length > 0 && (
        <>
          <h3 className="pt-4 text-muted">{t("toKnow")}</h3>
          <Reasons reasons={warnings} answer={answer} />
        </>
      )}
    </Section>
  );
}

type ReasonsProps = { reasons: readonly ReasonResponse[]; answer: ScreeningResponse };

/** Lists reasons with their name, text, law and gate. */
export function Reasons({ reasons, answer }: ReasonsProps) {
  const t = useTranslations("number");
  const names = useTranslations("reasons");
  const gates = toGates(answer);
  return (
    <ol>
      {reasons.map((entry, i) => {
        const { reason, sentence, citation, rule } = entry;
        const gate = gates.find(({ reasons }) => reasons.includes(entry));
        const law = citation ?? rule;
        return (
          <li
            key={sentence}
            className="grid grid-cols-[1.75rem_minmax(0,1fr)] gap-y-0.5 border-b border-line py-2.5"
          >
            <span aria-hidden className="text-md text-muted">
              {i + 1}
            </span>
            <p className="max-w-[44rem] text-md text-pretty">
              <b>{names(`${reason}.name`)}.</b> {sentence}
            </p>
            <p className="col-start-2 text-sm text-muted">
              {law}
              {gate && (
                <span className="screenonly">
                  {law && " · "}
                  <a href={`#gate-${gate.key}`}>{t("gate")}</a>
                </span>
              )}
            </p>
          </li>
        );
      })}
    </ol>
  );
}

/** Open gates that the reasons for an allowed call mention. All gates are in `AllChecks`. */
const mainGates: ReadonlySet<GateName> = new Set(["opt-outs", "consent", "registry", "hours"]);

/** Explains why the call is allowed: the main gates that are open. */
export function OpenGates({ answer }: { answer: ScreeningResponse }) {
  const t = useTranslations("fence.open");
  const number = useTranslations("number");
  const { gateName, values } = useGateWords(answer);
  const gates = toGates(answer).filter(
    ({ name, state }) => state === "open" && mainGates.has(name),
  );
  return (
    <ul>
      {gates.map((gate) => (
        <li key={gate.key} className="border-b border-line py-2.5 text-md">
          <b>{gateName(gate)}.</b> {t(gate.name, values)}{" "}
          <a className="screenonly text-sm" href={`#gate-${gate.key}`}>
            {number("gate")}
          </a>
        </li>
      ))}
    </ul>
  );
}

const states: readonly GateState[] = ["open", "shut", "unchecked", "ajar", "none"];

/** Shows all gates, and how many are in which state. */
export function AllChecks({ answer }: { answer: ScreeningResponse }) {
  const t = useTranslations("number");
  const gates = toGates(answer);
  const counts = states
    .map((state) => ({ state, count: gates.filter((gate) => gate.state === state).length }))
    .filter(({ count }) => count > 0);
  return (
    <Section
      title={t("checks")}
      aside={counts.map(({ state, count }) => t(`count.${state}`, { count })).join(", ")}
    >
      <Fence answer={answer} />
      <p className="mt-2.5 text-xs text-muted">{t("checksFoot")}</p>
    </Section>
  );
}

/**
 * Puts a screening's answer into words, with times in the called person's time zone. Registries and time
 * zones have names, where the API has their codes.
 */
export function toScreeningView(locale: Locale, answer: JudgedCall["answer"]): ScreeningResponse {
  const toReason = ({ message, ...refusal }: Reason): ReasonResponse => ({
    ...refusal,
    sentence: nameCodes(locale, say(locale, message, answer.checked.zones[0]), message),
  });
  return {
    ...answer,
    refusals: answer.refusals.map(toReason),
    warnings: answer.warnings.map(toReason),
  };
}

/** Puts names in the place of the codes of a registry and a time zone. */
function nameCodes(locale: Locale, sentence: string, { values }: Message): string {
  if (values === undefined) return sentence;
  if ("registry" in values) {
    const code = String(values.registry);
    return sentence.replace(code, registryName(code));
  }
  if (!("zone" in values)) return sentence;
  const zone = String(values.zone);
  return sentence.replace(zone, zoneCity(locale, zone));
}
