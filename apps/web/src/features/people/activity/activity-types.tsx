import type { ActivityType } from "@ringfence/core/people/activity";
import { useTranslations } from "next-intl";
import { type Column, Table } from "@/components/table";

/** The types of activities, and what those of each may say. */
export function ActivityTypes({ types }: { types: readonly ActivityType[] }) {
  const t = useTranslations("activities");
  const columns: [Column<ActivityType>, ...Column<ActivityType>[]] = [
    { key: "key", head: t("type"), cell: ({ key }) => <code>{key}</code> },
    {
      key: "properties",
      head: t("properties"),
      narrow: "full",
      cell: ({ properties }) => (
        <ul className="flex flex-wrap gap-x-4">
          {Object.entries(properties).map(([name, type]) => (
            <li key={name}>
              <code>{name}</code> <span className="text-muted">{t(`holds.${type}`)}</span>
            </li>
          ))}
        </ul>
      ),
    },
  ];
  return (
    <Table isStack caption={t("types")} columns={columns} rows={types} rowKey={({ key }) => key} />
  );
}
