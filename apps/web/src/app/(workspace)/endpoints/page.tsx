import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ButtonLink } from "@/components/button-link";
import { Empty } from "@/components/empty";
import { NewLink } from "@/components/new-link";
import { PageHead } from "@/components/page-head";
import { EndpointTable } from "@/features/do-not-call/endpoint/list/table";
import { api } from "@/server/caller";
import { requireMember } from "@/server/require-member";
import { whyNot } from "@/server/why-not";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("endpoints");
  return { title: t("title") };
}

export default async function EndpointsPage() {
  const member = await requireMember("endpoint.read");
  const [t, refusal, endpoints] = await Promise.all([
    getTranslations("endpoints"),
    whyNot(member, "endpoint.change"),
    api.endpoint.list(),
  ]);
  return (
    <>
      <PageHead title={t("title")} note={t("note")}>
        <ButtonLink href="/endpoints/blocked-list">{t("blockedList")}</ButtonLink>
        <NewLink href="/endpoints/new" whyNot={refusal}>
          {t("add")}
        </NewLink>
      </PageHead>
      {endpoints.length === 0 ? (
        <Empty title={t("empty")}>{t("emptyBody")}</Empty>
      ) : (
        <EndpointTable endpoints={endpoints} />
      )}
    </>
  );
}
