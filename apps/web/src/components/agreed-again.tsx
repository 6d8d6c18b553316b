import { EventSource } from "@ringfence/core/consents/consent";
import type { OptOutWithConsentsView } from "@ringfence/services/consents/consent";
import { useTranslations } from "next-intl";
import Link from "next/link";
import type { ReactNode } from "react";
import { LocalTime } from "./dates";
import { Section } from "./page-layout";

type Grant = OptOutWithConsentsView["grants"][number];
type AgreedAgainProps = { again: readonly OptOutWithConsentsView[]; zone?: string | null };

const rich = {
  yes: (text: ReactNode) => <b className="text-allow">{text}</b>,
  no: (text: ReactNode) => <b className="text-refuse">{text}</b>,
};

/**
 * Lists opt-outs that a consent followed: by which act, with what proof, and whether it lifts the
 * opt-out.
 */
export function AgreedAgain({ again, zone }: AgreedAgainProps) {
  const t = useTranslations("again");
  if (again.length === 0) return null;
  return (
    <Section title={t("title")}>
      <p className="max-w-[46rem] pt-2 text-sm text-pretty text-muted">{t("rule")}</p>
      <ul>
        {again.map(({ reference, refusedAt, scope, isLifted, grants }) => (
          <li key={reference} className="grid gap-1.5 border-b border-line py-2.5">
            <h3 className="text-base font-semibold">
              {t.rich("refused", { scope, reference, time: timeIn(refusedAt, zone) })}
            </h3>
            {grants.map((grant) => (
              <GrantEntry key={grant.consentId + grant.at.getTime()} grant={grant} zone={zone} />
            ))}
            <p>{t.rich(isLifted ? "lifted" : "stands", rich)}</p>
          </li>
        ))}
      </ul>
    </Section>
  );
}

function GrantEntry({ grant, zone }: { grant: Grant; zone: string | null | undefined }) {
  const t = useTranslations("again");
  const { consentId, at, act, effect } = grant;
  return (
    <p className="max-w-[46rem] text-pretty">
      {t.rich("agreed", { time: timeIn(at, zone) })} <GrantSource grant={grant} />{" "}
      {act && <>{t("act", { act })} </>}
      {t(`effects.${effect}`)} <Link href={`/consents/${consentId}`}>{t("proof")}</Link>
    </p>
  );
}

/** Shows how a consent arrived and who recorded it. */
function GrantSource({ grant: { source, by } }: { grant: Grant }) {
  const t = useTranslations("again");
  const sources = useTranslations("timeline.source");
  const line = useTranslations("timeline");
  const known = EventSource.safeParse(source);
  return (
    <>
      {t("source", { source: known.success ? sources(known.data) : source })}{" "}
      {by &&
        (by.name === null
          ? line("byUnnamed", { type: by.handedOut ?? by.type })
          : line("by", { type: by.type, name: by.name }))}
    </>
  );
}

const timeIn = (instant: Date, zone: string | null | undefined) => () => (
  <LocalTime instant={instant} {...(zone && { zone })} />
);
