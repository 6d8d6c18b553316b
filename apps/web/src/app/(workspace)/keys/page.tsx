import { ApiKeyId } from "@ringfence/core/ids";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ListPage, ListRows } from "@/components/list-page";
import { NewLink } from "@/components/buttons";
import { ApiKeyTable } from "@/features/account/api-key/api-key-table";
import { api } from "@/server/caller";
import { requireMember, whyNot } from "@/server/current-member";
import { createListQuery } from "@/server/list-query";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("apiKeys");
  return { title: t("title") };
}

const query = createListQuery("/keys", {});

export default async function KeysPage({ searchParams }: PageProps<"/keys">) {
  const member = await requireMember("api-key.read");
  const look = await query.load(searchParams);
  const [t, refusal, { items, next }, sellers] = await Promise.all([
    getTranslations("apiKeys"),
    whyNot(member, "api-key.change"),
    api.apiKey.list({ after: ApiKeyId.safeParse(look.after.at(-1)).data }),
    api.seller.list(),
  ]);
  const steps = query.toSteps(look, next);
  return (
    <ListPage
      title={t("title")}
      note={t("note")}
      actions={
        <NewLink href="/keys/new" whyNot={refusal}>
          {t("add")}
        </NewLink>
      }
    >
      <ListRows
        isEmpty={items.length === 0}
        empty={{ title: t("empty"), body: t("emptyBody") }}
        pager={{ label: t("pages"), shown: t("shown", { count: items.length }), ...steps }}
      >
        <ApiKeyTable keys={items} sellers={sellers} whyNot={refusal} />
      </ListRows>
    </ListPage>
  );
}
