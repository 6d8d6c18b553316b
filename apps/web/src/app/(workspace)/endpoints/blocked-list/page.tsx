import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Button } from "@/components/buttons";
import { ExportList } from "@/components/export-list";
import { Empty, PageHead, Section } from "@/components/page-layout";
import {
  BlockedEditionTable,
  BlockedListTimes,
} from "@/features/do-not-call/blocked-list/blocked-list-table";
import { BlockedListForm } from "@/features/do-not-call/blocked-list/blocked-list-form";
import { api } from "@/server/caller";
import { requireMember, whyNot } from "@/server/current-member";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("blockedList");
  return { title: t("title") };
}

export default async function BlockedListPage() {
  const member = await requireMember("endpoint.read");
  const [t, mayNotChange, mayNotRead, list] = await Promise.all([
    getTranslations("blockedList"),
    whyNot(member, "endpoint.change"),
    whyNot(member, "blocked-list.read"),
    api.blockedList.read(),
  ]);
  const { editions, schedule, reason, zone } = list;
  return (
    <>
      <PageHead title={t("title")} note={t("note")}>
        {schedule !== null &&
          editions.length > 0 &&
          (mayNotRead === undefined ? (
            <ExportList action="/api/blocked-list.csv">{t("download")}</ExportList>
          ) : (
            <Button whyNot={mayNotRead}>{t("download")}</Button>
          ))}
      </PageHead>
      <Section title={t("when")} aside={t("clock", { zone })}>
        {mayNotChange === undefined ? (
          <BlockedListForm initial={schedule} initialReason={reason} />
        ) : (
          <BlockedListTimes list={list} whyNot={mayNotChange} />
        )}
      </Section>
      <Section title={t("editions")} aside={t("kept")}>
        {editions.length === 0 ? (
          <Empty title={t("none")}>{t(schedule === null ? "noneOff" : "noneBody")}</Empty>
        ) : (
          <BlockedEditionTable editions={editions} />
        )}
      </Section>
    </>
  );
}
