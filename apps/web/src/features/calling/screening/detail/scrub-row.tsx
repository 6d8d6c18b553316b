import type { ScrubRowView } from "@ringfence/services/calling/scrub";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { CopyButton } from "@/components/client-buttons";
import { Count } from "@/components/numbers";
import { Facts } from "@/components/page-layout";
import { LocalTime } from "@/components/dates";
import { PhoneLink, PhoneText } from "@/components/people";

type RowFactsProps = {
  view: ScrubRowView;
  /** Names of the purpose and of the seller. */
  purpose: string;
  seller: string;
};

/** Shows which row of which file it is, and what is on record about its scrub. */
export function RowFacts({ view, purpose, seller }: RowFactsProps) {
  const t = useTranslations("screening");
  const dialers = useTranslations("dialers");
  const { scrub, row, kept, phoneId } = view;
  const { dialer } = scrub.record.checked;
  const from = kept?.callableFrom ?? null;
  return (
    <Facts
      facts={[
        { name: t("phone"), value: <RowNumber kept={kept} phoneId={phoneId} /> },
        {
          name: t("file"),
          value: (
            <Link href={`/scrubs/${scrub.id}`} prefetch={false}>
              {scrub.fileName}
            </Link>
          ),
        },
        { name: t("row"), value: <Count value={row} /> },
        { name: t("about"), value: t("aboutValue", { purpose, seller }) },
        { name: t("dialer"), value: dialers(dialer) },
        { name: t("at"), value: <LocalTime instant={scrub.at} precision="evidence" /> },
        ...(from === null
          ? []
          : [{ name: t("callableFrom"), value: <LocalTime instant={from} /> }]),
        { name: t("resultHash"), value: <Hash of={scrub.record.resultSha256} /> },
        { name: t("rowsRoot"), value: <Hash of={scrub.record.rowsRoot} /> },
      ]}
    />
  );
}

function RowNumber({ kept, phoneId }: Pick<ScrubRowView, "kept" | "phoneId">) {
  const t = useTranslations("screening");
  if (kept === null) return t("rowErased");
  if (kept.phone === null) return t("noNumber");
  if (phoneId === null) return <PhoneText phone={kept.phone} />;
  return <PhoneLink phoneId={phoneId} phone={kept.phone} />;
}

const Hash = ({ of: hash }: { of: string }) => (
  <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
    <code>{`${hash.slice(0, 16)}…`}</code>
    <CopyButton text={hash} />
  </span>
);

/** Shows why a row was refused. Only the kinds of the reasons are on record for a row. */
export function RowReasons({ reasons }: Pick<NonNullable<ScrubRowView["kept"]>, "reasons">) {
  const t = useTranslations("screening");
  const names = useTranslations("reasons");
  if (reasons.length === 0) return <p className="py-2.5">{t("nothingAgainst")}</p>;
  return (
    <ol>
      {reasons.map((reason) => (
        <li key={reason} className="grid gap-0.5 border-b border-line py-2.5">
          <h3 className="text-base font-semibold">{names(`${reason}.name`)}</h3>
          <p className="max-w-[44rem] text-pretty">{names(`${reason}.means`)}</p>
          <code className="text-sm text-muted">{reason}</code>
        </li>
      ))}
    </ol>
  );
}
