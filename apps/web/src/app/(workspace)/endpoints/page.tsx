import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ButtonLink, NewLink } from "@/components/buttons";
import { ListPage, ListRows } from "@/components/list-page";
import { EndpointTable } from "@/features/do-not-call/endpoint/list/table";
import { api } from "@/server/caller";
import { requireMember, whyNot } from "@/server/current-member";

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
    <ListPage
      title={t("title")}
      note={t("note")}
      actions={
        <>
          <ButtonLink href="/endpoints/blocked-list">{t("blockedList")}</ButtonLink>
          <NewLink href="/endpoints/new" whyNot={refusal}>
            {t("add")}
          </NewLink>
        </>
      }
    >
      <ListRows
        isEmpty={endpoints.length === 0}
        empty={{ title: t("empty"), body: t("emptyBody") }}
      >
        <EndpointTable endpoints={endpoints} />
      </ListRows>
    </ListPage>
  );
}
