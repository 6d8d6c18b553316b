import type { SeenCode, listDispositions } from "@ringfence/services/do-not-call/inbound";
import { useTranslations } from "next-intl";
import { Count } from "@/components/numbers";
import { type Column, Table } from "@/components/table";
import { ReadingChoice } from "./code-forms";

type Mapped = Awaited<ReturnType<typeof listDispositions>>["mapped"][number];

type MappedTableProps = { codes: readonly Mapped[]; isShut: boolean };

/** Table of mapped codes by system. */
export function MappedTable({ codes, isShut }: MappedTableProps) {
  const t = useTranslations("dispositions");
  const columns: [Column<Mapped>, ...Column<Mapped>[]] = [
    { key: "code", head: t("code"), cell: ({ code }) => <code className="font-mono">{code}</code> },
    { key: "system", head: t("system"), narrow: t("system"), cell: ({ system }) => system },
    {
      key: "means",
      head: t("means"),
      narrow: "full",
      cell: (code) => <ReadingChoice {...code} isShut={isShut} />,
    },
  ];
  return (
    <Table
      isStack
      caption={t("mapped")}
      columns={columns}
      rows={codes}
      rowKey={({ system, code }) => `${system} ${code}`}
    />
  );
}

type SeenTableProps = { codes: readonly SeenCode[]; isShut: boolean };

/** System of the codes in call logs, because logs do not name theirs. */
const SYSTEM = "calls";

/** Table of codes that came with calls and are not mapped yet. Those that may be opt-outs come first. */
export function SeenTable({ codes, isShut }: SeenTableProps) {
  const t = useTranslations("dispositions");
  const columns: [Column<SeenCode>, ...Column<SeenCode>[]] = [
    { key: "code", head: t("code"), cell: ({ code }) => <code className="font-mono">{code}</code> },
    {
      key: "calls",
      head: t("calls"),
      narrow: t("calls"),
      isFigure: true,
      cell: ({ calls }) => <Count value={calls} />,
    },
    {
      key: "means",
      head: t("takenFor"),
      narrow: "full",
      cell: ({ code, reading }) => <ReadingChoice system={SYSTEM} {...{ code, reading, isShut }} />,
    },
  ];
  return (
    <Table isStack caption={t("seen")} columns={columns} rows={codes} rowKey={({ code }) => code} />
  );
}
