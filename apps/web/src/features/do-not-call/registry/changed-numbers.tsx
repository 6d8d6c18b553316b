import type { ChangedNumber } from "@ringfence/services/do-not-call/registry";
import { useTranslations } from "next-intl";
import { Empty } from "@/components/empty";
import { PhoneText } from "@/components/phone-text";
import { Table } from "@/components/table";

type ChangedNumbersProps = { sample: readonly ChangedNumber[]; isFirst: boolean };

/** Some of the numbers that an edition added or removed. */
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
