import { ApiKeyId } from "@ringfence/core/ids";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { createLoader, createSerializer } from "nuqs/server";
import { Empty, PageHead } from "@/components/page-layout";
import { NewLink } from "@/components/buttons";
import { Pager, parseAsTrail, toPagerLinks } from "@/components/pager";
import { ApiKeyTable } from "@/features/account/api-key/api-key-table";
import { api } from "@/server/caller";
import { requireMember, whyNot } from "@/server/current-member";
import { safePath } from "@/server/safe-path";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("apiKeys");
  return { title: t("title") };
}

const query = { after: parseAsTrail };
const load = createLoader(query);
const serialize = createSerializer(query);

export default async function KeysPage({ searchParams }: PageProps<"/keys">) {
  const member = await requireMember("api-key.read");
  const { after } = await load(searchParams);
  const [t, refusal, { items, next }, sellers] = await Promise.all([
    getTranslations("apiKeys"),
    whyNot(member, "api-key.change"),
    api.apiKey.list({ after: ApiKeyId.safeParse(after.at(-1)).data }),
    api.seller.list(),
  ]);
  const steps = toPagerLinks(after, next, (trail) =>
    safePath(`/keys${serialize({ after: trail })}`),
  );
  return (
    <>
      <PageHead title={t("title")} note={t("note")}>
        <NewLink href="/keys/new" whyNot={refusal}>
          {t("add")}
        </NewLink>
      </PageHead>
      {items.length === 0 ? (
        <Empty title={t("empty")}>{t("emptyBody")}</Empty>
      ) : (
        <>
          <ApiKeyTable keys={items} sellers={sellers} whyNot={refusal} />
          <Pager label={t("pages")} shown={t("shown", { count: items.length })} {...steps} />
        </>
      )}
    </>
  );
}
