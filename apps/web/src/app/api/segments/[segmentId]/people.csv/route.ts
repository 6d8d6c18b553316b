import { SegmentId } from "@ringfence/core/ids";
import { type PersonView, exportSegment } from "@ringfence/services/audience/segment";
import { getTranslations } from "next-intl/server";
import { answerReasoned } from "@/server/answer-member";
import { listAttachment } from "@/server/downloads";
import { phoneColumns } from "@/server/csv";

type Context = RouteContext<"/api/segments/[segmentId]/people.csv">;

/** Downloads the people of a segment with their numbers, once the reason is on record. */
export const POST = (request: Request, { params }: Context) =>
  answerReasoned(request, async (ctx, reason) => {
    const segmentId = SegmentId.safeParse((await params).segmentId);
    if (!segmentId.success) return new Response(null, { status: 404 });
    const { read } = await exportSegment(ctx, { segmentId: segmentId.data, reason });
    const t = await getTranslations("segmentPeople");
    const words = await getTranslations("phoneColumns");
    const heads = { phone: words("phone"), others: words("others") };
    return listAttachment<PersonView>(
      "segment.csv",
      [
        [t("externalId"), ({ externalId }) => externalId],
        [t("person"), ({ name }) => name],
        ...phoneColumns<PersonView>(heads, ({ phones }) =>
          phones.flatMap(({ number }) => number ?? []),
        ),
      ],
      (after) => read(after ?? undefined),
    );
  });
