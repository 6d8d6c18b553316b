import { type LogLag, readCheckpoint, readNote } from "@ringfence/core/proof/ledger";
import type { LedgerView } from "@ringfence/services/proof/ledger";
import { useFormatter, useTranslations } from "next-intl";
import Link from "next/link";
import { CopyButton } from "@/components/client-buttons";
import { Count } from "@/components/numbers";
import { type Fact, Facts, Section } from "@/components/page-layout";
import { LocalTime } from "@/components/dates";
import { Seal } from "@/components/seal";
import { Banner } from "@/components/banner";

/** State of the log: latest checkpoint, delay, keys, witnesses and time stamps. */
export function LedgerFacts({ ledger }: { ledger: LedgerView }) {
  const t = useTranslations("ledger");
  const { origin, checkpoint, vkeys, waiting, unsigned, witnesses, timestamps } = ledger;
  const facts: Fact[] = [
    {
      name: t("size"),
      value: (
        <b>
          <Count value={checkpoint?.size ?? 0} />
        </b>
      ),
      notes: [t("pending", { waiting: waiting.count, unsigned: unsigned.count })],
    },
    useCheckpointFact(checkpoint),
    useDelayFact(ledger),
    { name: t("name"), value: origin ?? t("unnamed"), notes: [t("nameNote")] },
    {
      name: t("keys", { count: vkeys.length }),
      value:
        vkeys.length === 0 ? (
          t("noKey")
        ) : (
          <ul className="grid gap-1">
            {vkeys.map((vkey) => (
              <li key={vkey} className="flex flex-wrap items-center gap-x-3 gap-y-1">
                <code className="wrap-anywhere whitespace-normal">{vkey}</code>
                <CopyButton text={vkey} />
              </li>
            ))}
          </ul>
        ),
    },
    { name: t("witnesses"), value: <Attesters of={witnesses} none={t("noWitness")} /> },
    { name: t("timestamps"), value: <Attesters of={timestamps} none={t("noTimestamp")} /> },
  ];
  return <Facts facts={facts} />;
}

function useCheckpointFact(checkpoint: LedgerView["checkpoint"]): Fact {
  const t = useTranslations("ledger");
  const root = readCheckpoint(readNote(checkpoint?.note ?? "")?.text ?? "")?.root;
  if (checkpoint === null || root === undefined) {
    return { name: t("checkpoint"), value: t("noCheckpoint"), notes: [t("noCheckpointNote")] };
  }
  const hash = Buffer.from(root);
  return {
    name: t("checkpoint"),
    value: <LocalTime instant={checkpoint.signedAt} precision="evidence" />,
    notes: [
      <span key="root" className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <Seal hash={hash.toString("hex")} />
        <code className="wrap-anywhere whitespace-normal">{hash.toString("base64")}</code>
        <CopyButton text={hash.toString("base64")} />
      </span>,
    ],
  };
}

function useDelayFact({ delay }: LedgerView): Fact {
  const t = useTranslations("ledger");
  const format = useFormatter();
  const seconds = (ms: number) =>
    format.number(ms / 1_000, {
      style: "unit",
      unit: "second",
      maximumFractionDigits: 1,
    });
  return {
    name: t("delay"),
    value: delay === null ? t("noDelay") : t("delayHalf", { time: seconds(delay.p50Ms) }),
    notes:
      delay === null
        ? [t("delayNote")]
        : [t("delayMost", { time: seconds(delay.p99Ms) }), t("delayNote")],
  };
}

type AttestersProps = { of: LedgerView["witnesses"]; none: string };

/** Outside parties that attest the log, each with the size they attested last. */
function Attesters({ of, none }: AttestersProps) {
  const t = useTranslations("ledger");
  if (of.length === 0) return none;
  return (
    <ul className="grid gap-1">
      {of.map(({ name, size, at }) => (
        <li key={name} className="wrap-anywhere">
          {name}
          <span className="block text-sm text-muted">
            {size === null || at === null
              ? t("neverVouched")
              : t.rich("vouched", { size, at: () => <LocalTime instant={at} /> })}
          </span>
        </li>
      ))}
    </ul>
  );
}

/** Warns that the log lags behind, since when, and what that means for proofs. Empty while all is signed. */
export function LagBanner({ lag }: { lag: LogLag }) {
  const t = useTranslations("ledger.lag");
  if (lag.state === "kept-up") return null;
  const since = () => <LocalTime instant={lag.since} />;
  return (
    <Banner tone="bad" title={t(`${lag.state}.title`)}>
      {t.rich(`${lag.state}.body`, { since, code: (text) => <code>{text}</code> })}
    </Banner>
  );
}

const AUDIT = "pnpm ledger audit";

/** Explains how the operator and others check that nothing was changed. */
export function LedgerChecks({ apiUrl }: { apiUrl: string }) {
  const t = useTranslations("ledger");
  const [checkpoint, policy] = [`${apiUrl}/ledger/checkpoint`, `${apiUrl}/ledger/policy`];
  return (
    <Section title={t("checks")}>
      <Facts
        facts={[
          {
            name: t("audit"),
            value: (
              <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
                <code>{AUDIT}</code>
                <CopyButton text={AUDIT} />
              </span>
            ),
            notes: [t("auditNote")],
          },
          {
            name: t("public"),
            value: (
              <ul className="grid gap-1 break-all">
                <li>
                  <a href={checkpoint}>{checkpoint}</a>
                </li>
                <li>
                  <a href={policy}>{policy}</a>
                </li>
              </ul>
            ),
            notes: [t("publicNote")],
          },
          {
            name: t("certificates"),
            value: <Link href="/verify">{t("verify")}</Link>,
            notes: [t("verifyNote")],
          },
        ]}
      />
    </Section>
  );
}
