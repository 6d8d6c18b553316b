import type { ChangedNumber, EditionView } from "@ringfence/services/do-not-call/registry";
import { useTranslations } from "next-intl";
import { Badge } from "@/components/badge";
import { ByteSize } from "@/components/byte-size";
import { Count } from "@/components/count";
import { Facts } from "@/components/facts";
import { LocalTime } from "@/components/local-time";
import { ChangeCounts, EditionDay, EditionRemark, Sha256 } from "../words";
import { Empty } from "@/components/empty";
import { PhoneText } from "@/components/phone-text";
import { Table } from "@/components/table";

/** Shows an edition with its evidence and review. */
export function EditionFacts({ edition }: { edition: EditionView }) {
  const t = useTranslations("edition");
  const words = useTranslations("editions");
  return (
    <Facts
      facts={[
        { name: words("kind"), value: words(edition.kind) },
        { name: words("status"), value: <Badge status={edition.status} /> },
        { name: words("listed"), value: <Count value={edition.listed} /> },
        { name: t("changed"), value: <ChangeCounts edition={edition} /> },
        { name: t("readAt"), value: <LocalTime instant={edition.readAt} /> },
        { name: words("published"), value: <EditionDay edition={edition} /> },
        { name: t("lines"), value: <Count value={edition.lines} /> },
        { name: t("bytes"), value: <ByteSize bytes={edition.bytes} /> },
        { name: words("sha256"), value: <Sha256 hash={edition.sha256} /> },
        ...(edition.settled
          ? [{ name: words("settledWhy"), value: <EditionRemark edition={edition} /> }]
          : []),
      ]}
    />
  );
}

type ChangedNumbersProps = { sample: readonly ChangedNumber[]; isFirst: boolean };

/** Shows a sample of the numbers that an edition added or removed. */
export function ChangedNumbers({ sample, isFirst }: ChangedNumbersProps) {
  const t = useTranslations("edition");
  if (sample.length === 0) {
    return isFirst ? <Empty title={t("none")}>{t("noneBody")}</Empty> : <p>{t("same")}</p>;
  }
  return (
    <Table
      caption={t("caption")}
      columns={[
        { key: "phone", head: t("phone"), cell: ({ phone }) => <PhoneText phone={phone} /> },
        {
          key: "change",
          head: t("change"),
          cell: ({ isAdded }) => t(isAdded ? "added" : "removed"),
        },
      ]}
      rows={sample}
      rowKey={({ phone }) => phone}
    />
  );
}
