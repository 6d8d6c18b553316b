export {
  type BodyRoom,
  type BodyWatch,
  type Release,
  type TakeRoom,
  createBodyBudget,
  createBodyWatch,
  createTurns,
  declaredLength,
  hasBody,
} from "./limit-bodies.ts";
