import { DeliveryStatus } from "@ringfence/core/do-not-call/endpoint";
import { DeliveryId, EndpointId } from "@ringfence/core/ids";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { notFound } from "next/navigation";
import { createLoader, createSerializer, parseAsStringLiteral } from "nuqs/server";
import { Empty } from "@/components/empty";
import { FilterChoice } from "@/components/filters/filter-choice";
import { Filters } from "@/components/filters/filters";
import { PageHead } from "@/components/page-head";
import { Pager } from "@/components/pager";
import { Section } from "@/components/section";
import { parseAsTrail, toPagerLinks } from "@/components/trail";
import { ChangeLink, EndpointFacts } from "@/features/do-not-call/endpoint/detail/facts";
import { DeliveryTable } from "@/features/do-not-call/endpoint/detail/deliveries";
import { EndpointActions } from "@/features/do-not-call/endpoint/detail/actions";
import { ReplayButton } from "@/features/do-not-call/endpoint/detail/replay-button";
import { api } from "@/server/caller";
import { requireMember } from "@/server/require-member";
import { whyNot } from "@/server/why-not";

const query = { status: parseAsStringLiteral(DeliveryStatus.options), after: parseAsTrail };
const load = createLoader(query);
const toHref = createSerializer(query);

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("endpoint");
  return { title: t("title") };
}

export default async function EndpointPage({
  params,
  searchParams,
}: PageProps<"/endpoints/[endpointId]">) {
  const member = await requireMember("endpoint.read");
  const endpointId = EndpointId.safeParse((await params).endpointId).data ?? notFound();
  const look = await load(searchParams);
  const [t, notChange, notReplay, endpoints] = await Promise.all([
    getTranslations("deliveries"),
    whyNot(member, "endpoint.change"),
    whyNot(member, "delivery.replay"),
    api.endpoint.list(),
  ]);
  const endpoint = endpoints.find(({ id }) => id === endpointId) ?? notFound();
  const which = { endpointId };
  return (
    <>
      <PageHead title={endpoint.name}>
        {endpoint.kind !== "webhook" && <ChangeLink {...{ endpointId }} whyNot={notChange} />}
      </PageHead>
      <EndpointFacts endpoint={endpoint} />
      <EndpointActions
        endpointId={endpointId}
        isEnabled={endpoint.disabledAt === null}
        isWebhook={endpoint.kind === "webhook"}
        whyNot={notChange}
      />
      <Section
        title={t("title")}
        aside={
          endpoint.dead > 0 && (
            <ReplayButton {...{ which }} whyNot={notReplay}>
              {t("replayDead", { count: endpoint.dead })}
            </ReplayButton>
          )
        }
      >
        <Deliveries {...{ endpointId, look }} mayReplay={notReplay === undefined} />
      </Section>
    </>
  );
}

type DeliveriesProps = {
  endpointId: EndpointId;
  look: Awaited<ReturnType<typeof load>>;
  mayReplay: boolean;
};

async function Deliveries({ endpointId, look: { status, after }, mayReplay }: DeliveriesProps) {
  const [t, { items, next }] = await Promise.all([
    getTranslations("deliveries"),
    api.endpoint.deliveries({
      endpointId,
      status: status ?? undefined,
      after: DeliveryId.safeParse(after.at(-1)).data,
    }),
  ]);
  const steps = toPagerLinks(after, next, (trail) =>
    toHref(`/endpoints/${endpointId}`, { status, after: trail }),
  );
  return (
    <>
      <Filters label={t("filters")}>
        <FilterChoice
          param="status"
          label={t("status")}
          any={t("anyStatus")}
          choices={DeliveryStatus.options.map((value) => ({
            value,
            label: t(`statuses.${value}`),
          }))}
        />
      </Filters>
      {items.length === 0 ? (
        <Empty title={t("none")}>{t("noneBody")}</Empty>
      ) : (
        <>
          <DeliveryTable deliveries={items} mayReplay={mayReplay} />
          <Pager label={t("pages")} shown={t("shown", { count: items.length })} {...steps} />
        </>
      )}
    </>
  );
}
