import { Readable } from "node:stream";
import { RegistryId, RegistryQuestionId } from "@ringfence/core/ids";
import { exportRegistryQuestion } from "@ringfence/services/do-not-call/registry";
import { answerExport } from "@/server/answer-member";
import { attachment, encodePages } from "@/server/downloads";

type Context = RouteContext<"/api/registries/[registryId]/questions/[questionId]/numbers.csv">;

/** Downloads the numbers of a question, to bring to the operator of the list. */
export const POST = (request: Request, { params }: Context) =>
  answerExport(request, "registry-question", async (ctx) => {
    const named = await params;
    const registryId = RegistryId.safeParse(named.registryId);
    const questionId = RegistryQuestionId.safeParse(named.questionId);
    if (!registryId.success || !questionId.success) return new Response(null, { status: 404 });

    const text = await exportRegistryQuestion(ctx, {
      registryId: registryId.data,
      questionId: questionId.data,
    });
    return attachment(`numbers-${questionId.data}.csv`, encodePages(Readable.from([text])));
  });
