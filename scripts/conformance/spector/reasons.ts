/** Why a scenario is not passed, where it is known. What is not explained here is told as it happens. */

interface Reason {
  readonly why: string;
  readonly scenarios: readonly string[];
}

const clientReasons: readonly Reason[] = [
  {
    why: "the converter writes the path `/parameters/path/optional{name}`: the slash is lost, and OpenAPI has no optional path parameters.",
    scenarios: ["Parameters_Path_optional"],
  },
  {
    why: "a list in a form is one part for each item (OpenAPI 3.1.1, §4.8.15); the suite means one part with the whole list, which the conversion does not say.",
    scenarios: ["Payload_MultiPart_FormData_HttpParts_jsonArrayAndFileArray"],
  },
  {
    why: "the address of the second page stands inside XML, which is passed through as text, and no operation has it.",
    scenarios: ["Payload_Pageable_XmlPagination_listWithNextLink"],
  },
];

const serverReasons: readonly Reason[] = [
  {
    why: "the comma between the items arrives as `%2C`, which is a comma in an item (RFC 6570, §3.2.8); items that are numbers are told apart all the same.",
    scenarios: ["Encode_Bytes_Query_base64urlArray", "Parameters_CollectionFormat_Query_csv"],
  },
  {
    why: "the path is not that of the document: the converter writes `/parameters/path/optional{name}`.",
    scenarios: ["Parameters_Path_optional"],
  },
  {
    why: "Spector sends `application/json`, which the operation does not declare; answered 415.",
    scenarios: [
      "Payload_JsonMergePatch_updateResource",
      "Payload_JsonMergePatch_updateOptionalResource",
      "Payload_MediaType_StringBody_sendAsText",
    ],
  },
  {
    why: "Spector sends no body where one is required; answered 400.",
    scenarios: [
      "Payload_MultiPart_FormData_File_uploadFileSpecificContentType",
      "Payload_MultiPart_FormData_File_uploadFileRequiredFilename",
      "Payload_MultiPart_FormData_File_uploadFileArray",
      "Type_Model_Visibility_putReadOnlyModel",
    ],
  },
  {
    why: "the second page has an address that is no path of the document.",
    scenarios: [
      "Payload_Pageable_ServerDrivenPagination_link",
      "Payload_Pageable_ServerDrivenPagination_linkString",
      "Payload_Pageable_ServerDrivenPagination_nestedLink",
      "Payload_Pageable_XmlPagination_listWithNextLink",
    ],
  },
  {
    why: "`format: duration` has no fractions of a second (RFC 3339, appendix A; so has JSON-Schema-Test-Suite), and the value has one.",
    scenarios: [
      "Type_Array_DurationValue_get",
      "Type_Array_DurationValue_put",
      "Type_Dictionary_DurationValue_get",
      "Type_Dictionary_DurationValue_put",
      "Type_Property_Nullable_Duration_getNonNull",
      "Type_Property_Nullable_Duration_patchNonNull",
      "Type_Property_Optional_Duration_getAll",
      "Type_Property_Optional_Duration_putAll",
      "Type_Property_ValueTypes_Duration_get",
      "Type_Property_ValueTypes_Duration_put",
    ],
  },
  {
    why: "`format: time` needs an offset (RFC 3339, §5.6), and the value has none.",
    scenarios: ["Type_Property_Optional_PlainTime_getAll", "Type_Property_Optional_PlainTime_putAll"],
  },
  {
    why: "a value that the enum does not have is answered 400, where the suite wants 500.",
    scenarios: ["Type_Enum_Fixed_String_putUnknownValue"],
  },
];

/** Why the client does not pass a scenario. */
export function clientReason(scenario: string): string | undefined {
  return reasonIn(clientReasons, scenario);
}

/** Why the server does not pass a scenario. */
export function serverReason(scenario: string): string | undefined {
  return reasonIn(serverReasons, scenario);
}

function reasonIn(reasons: readonly Reason[], scenario: string): string | undefined {
  return reasons.find(({ scenarios }) => scenarios.includes(scenario))?.why;
}
