import type { LogLag } from "@ringfence/core/proof/ledger";
import type { LedgerView } from "@ringfence/services/proof/ledger";
import { useFormatter, useTranslations } from "next-intl";
import Link from "next/link";
import { CopyButton } from "@/components/client-buttons";
import { Count } from "@/components/numbers";
import { type Fact, Facts, Section } from "@/components/page-layout";
import { LocalTime } from "@/components/dates";
import { Seal } from "@/components/seal";
import { Banner } from "@/components/banner";
import { readRoot } from "./read-root";

/** Shows the state of the log: size, latest checkpoint, delay, name, keys, witnesses and time stamps. */
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
    useSigningDelayFact(ledger),
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
    { name: t("witnesses"), value: <Attesters attesters={witnesses} emptyText={t("noWitness")} /> },
    {
      name: t("timestamps"),
      value: <Attesters attesters={timestamps} emptyText={t("noTimestamp")} />,
    },
  ];
  return <Facts facts={facts} />;
}

function useCheckpointFact(checkpoint: LedgerView["checkpoint"]): Fact {
  const t = useTranslations("ledger");
  if (checkpoint === null) {
    return { name: t("checkpoint"), value: t("noCheckpoint"), notes: [t("noCheckpointNote")] };
  }
  const root = readRoot(checkpoint);
  if (root === null) {
    return {
      name: t("checkpoint"),
      value: <b className="text-refuse">{t("badCheckpoint")}</b>,
      notes: [t("badCheckpointNote")],
    };
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

function useSigningDelayFact({ delay }: LedgerView): Fact {
  const t = useTranslations("ledger");
  const format = useFormatter();
  const formatSeconds = (ms: number) =>
    format.number(ms / 1_000, {
      style: "unit",
      unit: "second",
      maximumFractionDigits: 1,
    });
  return {
    name: t("delay"),
    value: delay === null ? t("noDelay") : t("delayHalf", { time: formatSeconds(delay.p50Ms) }),
    notes:
      delay === null
        ? [t("delayNote")]
        : [t("delayMost", { time: formatSeconds(delay.p99Ms) }), t("delayNote")],
  };
}

type AttestersProps = { attesters: LedgerView["witnesses"]; emptyText: string };

/**
 * Lists outside parties that attest the log, each with the log size and the time of its latest attestation.
 */
function Attesters({ attesters, emptyText }: AttestersProps) {
  const t = useTranslations("ledger");
  if (attesters.length === 0) return emptyText;
  return (
    <ul className="grid gap-1">
      {attesters.map(({ name, size, at }) => (
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

/**
 * Warns that the log is behind, and says since when and what that means for proofs. Renders nothing while the
 * log keeps up.
 */
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

const AUDIT_COMMAND = "pnpm ledger audit";

/** Explains how the operator and outsiders can check that no past entry was changed. */
export function LedgerChecks({ apiUrl }: { apiUrl: string }) {
  const t = useTranslations("ledger");
  const checkpointUrl = `${apiUrl}/ledger/checkpoint`;
  const policyUrl = `${apiUrl}/ledger/policy`;
  return (
    <Section title={t("checks")}>
      <Facts
        facts={[
          {
            name: t("audit"),
            value: (
              <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
                <code>{AUDIT_COMMAND}</code>
                <CopyButton text={AUDIT_COMMAND} />
              </span>
            ),
            notes: [t("auditNote")],
          },
          {
            name: t("public"),
            value: (
              <ul className="grid gap-1 break-all">
                <li>
                  <a href={checkpointUrl}>{checkpointUrl}</a>
                </li>
                <li>
                  <a href={policyUrl}>{policyUrl}</a>
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
