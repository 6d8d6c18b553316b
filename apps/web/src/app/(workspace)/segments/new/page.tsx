import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { FormPage } from "@/components/form-page";
import { Builder } from "@/features/audience/segment/builder/builder";
import { CallChoice } from "@/features/audience/segment/call-choice";
import { loadSegmentQuery, toSegmentCall } from "@/features/audience/segment/segment-query";
import { api, loadChoices } from "@/server/caller";
import { requireMember } from "@/server/current-member";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("segmentBuilder");
  return { title: t("newTitle") };
}

export default async function NewSegmentPage({ searchParams }: PageProps<"/segments/new">) {
  const member = await requireMember("segment.change");
  const [t, look, vocabulary, choices] = await Promise.all([
    getTranslations("segmentBuilder"),
    loadSegmentQuery(searchParams),
    api.segment.world(),
    loadChoices(member),
  ]);
  return (
    <FormPage title={t("newTitle")} note={t("newNote")}>
      <Builder
        vocabulary={{ ...vocabulary, ownId: null }}
        saved={{ segment: null, name: "", rule: { is: "all", of: [] } }}
        call={toSegmentCall(look)}
        whyNot={undefined}
        savedWaterfall={null}
        callFields={<CallChoice {...choices} />}
      />
    </FormPage>
  );
}
