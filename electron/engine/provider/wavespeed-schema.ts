import { z } from 'zod'

/**
 * The service's answers, read leniently: its documentation exists in several generations, so anything the client can do
 * without is optional, unknown fields are ignored and times stay text.
 */

/** Ids become part of URLs; anything outside this is not one. */
const IdText = z
  .string()
  .regex(/^[A-Za-z0-9._~:-]{1,80}$/)
  .refine((id) => !/^\.+$/.test(id))

/** The envelope around every answer. Errors come in several shapes; `serverText` in words.ts reads them all. */
export const Envelope = z.looseObject({
  code: z
    .union([z.number(), z.string().regex(/^\d+$/).transform(Number)])
    .optional()
    .catch(undefined),
  data: z.unknown().optional(),
})
export type Envelope = z.infer<typeof Envelope>

/** An accepted submission: under `data`, or bare where the answer is unmistakably a prediction. */
export const Accepted = z.union([
  z.object({ data: z.object({ id: IdText }) }).transform(({ data }) => data.id),
  z.object({ id: IdText, status: z.string(), model: z.string() }).transform(({ id }) => id),
])

/** An output is an address or an object with one; anything else is left out. */
const Outputs = z
  .array(z.unknown())
  .nullish()
  .catch(null)
  .transform((items) =>
    (items ?? []).flatMap((item) => {
      if (typeof item === 'string') return item === '' ? [] : [item]
      const object = z.object({ url: z.string().min(1) }).safeParse(item)
      return object.success ? [object.data.url] : []
    }),
  )

export const Prediction = z.object({
  id: z.string().optional().catch(undefined),
  status: z.string().min(1),
  outputs: Outputs,
  error: z.string().nullish().catch(null),
  timings: z
    .object({ inference: z.number().nonnegative().nullish().catch(null) })
    .nullish()
    .catch(null),
})

/** Dollars: a JSON number, or one written as text. */
const Dollars = z.union([
  z.number(),
  z
    .string()
    .regex(/^-?\d+(\.\d+)?$/)
    .transform(Number),
])
const Price = Dollars.pipe(z.number().min(0).max(1_000_000))

export const PriceAnswer = z.object({
  price: Price,
  discounted_price: Price.nullish(),
  currency: z.string().nullish(),
})

export const BalanceAnswer = z.object({ balance: Dollars.pipe(z.number().min(-1e9).max(1e9)) })

const Input = z.record(z.string(), z.unknown()).nullish().catch(null)

export const HistoryRow = z.object({
  id: IdText,
  model: z.string().nullish(),
  status: z.string().catch('unknown'),
  created_at: z.string().catch(''),
  outputs: Outputs,
  input: Input,
  inputs: Input,
})

export const BillingRow = z.object({
  billing_type: z.enum(['deduct', 'refund']),
  price: Dollars,
  created_at: z.string(),
  prediction: z
    .object({ uuid: IdText.nullish().catch(null) })
    .nullish()
    .catch(null),
})

/** One page of a list. Some answers say `has_more`, some `total`, some neither. */
export const Page = z.object({
  items: z.array(z.unknown()).nullish(),
  has_more: z.boolean().nullish().catch(null),
  total: z.number().nullish().catch(null),
})

/** Where to PUT an image, and where the service will find it. */
export const UploadTicket = z.object({
  download_url: z.string(),
  upload: z.object({
    method: z.literal('PUT').optional(),
    url: z.string(),
    headers: z.record(z.string(), z.string()).nullish(),
  }),
})

export const UploadedFile = z.object({ download_url: z.string() })

const Scalar = z.union([z.string(), z.number(), z.boolean()])
const Count = z
  .union([
    z.number(),
    z
      .string()
      .regex(/^-?\d+(\.\d+)?$/)
      .transform(Number),
  ])
  .nullish()
  .catch(null)
const Names = z.array(z.string()).nullish().catch(null)

/** JSON Schema of one parameter. A type may be a list that also names null. */
export const ModelProperty = z.object({
  type: z
    .union([z.string(), z.array(z.string()).transform((types) => types.find((type) => type !== 'null') ?? null)])
    .nullish()
    .catch(null),
  enum: z
    .array(z.unknown())
    .nullish()
    .catch(null)
    .transform((values) => values?.flatMap((value) => Scalar.safeParse(value).data ?? []) ?? null),
  minimum: Count,
  maximum: Count,
  minItems: Count,
  maxItems: Count,
  default: Scalar.nullish().catch(null),
})

const RequestSchema = z.object({
  properties: z.record(z.string(), z.unknown()),
  required: Names,
  'x-order-properties': Names,
})

/** One entry of the list of models; the schema that counts is the one a run is made with. */
export const ModelRow = z.object({
  model_id: z.string(),
  api_schema: z.object({
    api_schemas: z.array(
      z.object({ type: z.string().nullish().catch(null), request_schema: RequestSchema.nullish().catch(null) }),
    ),
  }),
})
