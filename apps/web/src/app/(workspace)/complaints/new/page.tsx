import { may } from "@ringfence/core/platform/access";
import { QuestionId } from "@ringfence/core/ids";
import { toActor } from "@ringfence/services/account/member";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { notFound } from "next/navigation";
import { FormPage } from "@/components/form-page";
import { NewComplaint } from "@/features/desk/complaint/new/new-complaint";
import { api } from "@/server/caller";
import { requireMember } from "@/server/current-member";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("newComplaint");
  return { title: t("title") };
}

/** The form of a complaint. `question` is a message of the list of possible opt-outs that is a complaint. */
export default async function NewComplaintPage({ searchParams }: PageProps<"/complaints/new">) {
  const member = await requireMember("complaint.file");
  const question = QuestionId.safeParse((await searchParams)["question"]).data;
  const [t, { homeRegion }, sellers, message] = await Promise.all([
    getTranslations("newComplaint"),
    api.organization.read(),
    api.seller.list(),
    question === undefined ? null : findMessage(question),
  ]);
  return (
    <FormPage title={t("title")} note={t("note")}>
      <NewComplaint
        homeRegion={homeRegion}
        sellers={sellers.map(({ key, name }) => ({ key, name }))}
        message={message}
        mayHandle={may(toActor(member), "complaint.handle")}
      />
    </FormPage>
  );
}

/** Finds a message of the list of possible opt-outs, whose text and number the form begins with. */
async function findMessage(question: QuestionId) {
  await requireMember("complaint.handle");
  const { items } = await api.inbound.questions();
  const { text, phone } = items.find(({ id }) => id === question) ?? notFound();
  return { question, text, phone: phone ?? "" };
}
