import nextAuth from "next-auth";
import type { NextRequest } from "next/server";
import { authOptions } from "@/server/auth";

const handler = (request: NextRequest, context: RouteContext<"/api/auth/[...nextauth]">) =>
  nextAuth(request, context, authOptions());

export { handler as GET, handler as POST };
