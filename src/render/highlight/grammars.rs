//! The grammars a fence may name: their names, and which of their nodes get which class.
//!
//! Data only; `table.rs` explains how rules are written. What a rule names is checked
//! against the grammar by a test, so an update that renames a node fails there.

use arborium::tree_sitter::Language;

/// A language of code blocks.
pub(super) struct Grammar {
    /// The name shown first.
    pub(super) name: &'static str,
    /// Other names a fence may use.
    pub(super) aliases: &'static [&'static str],
    /// The tree-sitter language; none for plain text.
    pub(super) language: Option<fn() -> Language>,
    /// Put before code that does not contain its first two bytes, for parsing only.
    pub(super) opening: &'static str,
    /// Code that its scanner, which is C, would abort on.
    pub(super) breaks_on: Option<fn(&str) -> bool>,
    /// Its rules, without [`COMMON`].
    pub(super) rules: &'static [&'static str],
}

const fn grammar(
    name: &'static str,
    aliases: &'static [&'static str],
    language: fn() -> Language,
    rules: &'static [&'static str],
) -> Grammar {
    Grammar {
        name,
        aliases,
        language: Some(language),
        opening: "",
        breaks_on: None,
        rules,
    }
}

/// All of them, by name.
pub(super) static GRAMMARS: &[Grammar] = &[
    grammar("bash", BASH_NAMES, || arborium::lang_bash::language().into(), &[BASH]),
    grammar(
        "csharp",
        &["c#", "cs"],
        || arborium::lang_c_sharp::language().into(),
        &[CSHARP],
    ),
    grammar("css", &[], || arborium::lang_css::language().into(), &[CSS]),
    grammar("diff", &["patch"], || arborium::lang_diff::language().into(), &[DIFF]),
    grammar(
        "dockerfile",
        &["containerfile", "docker"],
        || arborium::lang_dockerfile::language().into(),
        &[DOCKERFILE],
    ),
    grammar(
        "elixir",
        &["ex", "exs"],
        || arborium::lang_elixir::language().into(),
        &[ELIXIR],
    ),
    grammar("go", &["golang"], || arborium::lang_go::language().into(), &[GO]),
    grammar(
        "html",
        &["htm", "svg", "vue", "xml"],
        || arborium::lang_html::language().into(),
        &[HTML],
    ),
    grammar("java", &[], || arborium::lang_java::language().into(), &[JAVA]),
    grammar(
        "javascript",
        &["cjs", "js", "jsx", "mjs", "node"],
        || arborium::lang_javascript::language().into(),
        &[SCRIPT, JSX],
    ),
    grammar(
        "json",
        &["json5", "jsonc"],
        || arborium::lang_json::language().into(),
        &[JSON],
    ),
    grammar(
        "kotlin",
        &["kt", "kts"],
        || tree_sitter_kotlin_ng::LANGUAGE.into(),
        &[KOTLIN],
    ),
    Grammar {
        name: "php",
        aliases: &[],
        language: Some(|| tree_sitter_php::LANGUAGE_PHP.into()),
        opening: "<?php\n",
        breaks_on: None,
        rules: &[PHP],
    },
    grammar(
        "python",
        &["py", "python3"],
        || arborium::lang_python::language().into(),
        &[PYTHON],
    ),
    Grammar {
        breaks_on: Some(has_long_heredoc_word),
        ..grammar("ruby", &["rb"], || arborium::lang_ruby::language().into(), &[RUBY])
    },
    grammar("rust", &["rs"], || arborium::lang_rust::language().into(), &[RUST]),
    grammar(
        "sql",
        &["mysql", "postgres", "postgresql", "sqlite"],
        || tree_sitter_sequel::LANGUAGE.into(),
        &[SQL],
    ),
    Grammar {
        name: "text",
        aliases: &["console", "output", "plain", "plaintext", "txt"],
        language: None,
        opening: "",
        breaks_on: None,
        rules: &[],
    },
    grammar("toml", &[], || arborium::lang_toml::language().into(), &[TOML]),
    grammar(
        "tsx",
        &[],
        || arborium::lang_tsx::language().into(),
        &[SCRIPT, JSX, TYPESCRIPT],
    ),
    grammar(
        "typescript",
        &["cts", "mts", "ts"],
        || arborium::lang_typescript::language().into(),
        &[SCRIPT, TYPESCRIPT],
    ),
    Grammar {
        breaks_on: Some(is_nested_deeply),
        ..grammar("yaml", &["yml"], || arborium::lang_yaml::language().into(), &[YAML])
    },
];

/// Whether a Ruby heredoc may be named by 250 bytes or more; the scanner has one for that.
fn has_long_heredoc_word(code: &str) -> bool {
    code.split("<<").skip(1).any(|rest| {
        let word = rest.trim_start_matches(['-', '~']);
        let quote = word.chars().next().filter(|c| "\"'`".contains(*c));
        let end = match quote {
            Some(quote) => word[1..].find(quote),
            None => word.find(|c: char| !c.is_alphanumeric() && c != '_'),
        };
        end.unwrap_or(word.len()) >= 250
    })
}

/// Whether YAML may open over 250 levels; the scanner has room for 253. Indentation cannot
/// (in one piece), so it is the indicators of single lines that count.
fn is_nested_deeply(code: &str) -> bool {
    let opens = |line: &str| {
        let pairs = line.bytes().zip(line.bytes().skip(1).chain([b' ']));
        pairs.filter(|(c, next)| b"-?:".contains(c) && next.is_ascii_whitespace()).count()
    };
    code.lines().map(|line| opens(line).saturating_sub(2)).sum::<usize>() > 100
}

/// Rules for names that many grammars share.
pub(super) const COMMON: &str = "
    c comment line_comment block_comment multiline_comment html_comment
    c hash_bang_line shebang shebang_line shebang_directive
    s string string_literal raw_string_literal raw_string regex
    s char_literal character_literal character template_string
    n integer integer_literal float float_literal number boolean boolean_literal
    n true false null nil null_literal real_literal
    t type_identifier primitive_type predefined_type
    k self this super
    - interpolation
    - type_arguments>< type_arguments>> type_parameters>< type_parameters>>
";

const BASH_NAMES: &[&str] = &["dotenv", "env", "sh", "shell", "zsh"];

const BASH: &str = "
    f command_name function_definition.name
    D word
    v variable_name special_variable_name simple_expansion expansion
    s ansi_c_string heredoc_start heredoc_body heredoc_content heredoc_end
    - command_substitution process_substitution
    n file_descriptor
    o test_operator
    - '? '- '= '% '/ '^
    k =break =continue =exit =return
";

const CSHARP: &str = "
    T identifier
    k modifier implicit_type
    f method_declaration.name local_function_statement.name constructor_declaration.name
    f^ invocation_expression.function
    p^ member_access_expression.name member_binding_expression.name
    T^ generic_name>identifier
    p property_declaration.name
    - parameter.name
    t class_declaration.name record_declaration.name interface_declaration.name
    a attribute.name
    t qualified_name
    n enum_member_declaration.name
    s verbatim_string_literal interpolated_string_expression
    - type_argument_list>< type_argument_list>> type_parameter_list>< type_parameter_list>>
";

const CSS: &str = "
    c js_comment
    t tag_name class_name id_name universal_selector nesting_selector
    a pseudo_class_selector>class_name pseudo_element_selector>tag_name attribute_name
    p property_name feature_name
    n integer_value float_value color_value
    s string_value
    f function_name
    k at_keyword important keyword_query
";

const DIFF: &str = "
    i addition
    d deletion
    a location
    k command index old_file new_file file_change similarity mode binary_change
";

const DOCKERFILE: &str = "
    s double_quoted_string single_quoted_string json_string heredoc_block
    v variable expansion
    t image_name
    n image_tag image_digest expose_port
    a param mount_param
    - '=
    p env_pair.name label_pair.key arg_instruction.name
    f image_alias
    @bash run_instruction>shell_command
";

const ELIXIR: &str = "
    t alias
    n atom quoted_atom
    p keyword quoted_keyword
    s charlist sigil char
    f^ call.target
    p^ dot.right
    - '%
    a '@ =doc =moduledoc =typedoc =spec =impl =callback
    k =def =defp =defmodule =defmacro =defmacrop =defstruct =defimpl =defprotocol
    k =defguard =defdelegate =defexception =defoverridable
    k =alias =case =cond =for =if =import =quote =raise =receive =require =throw =try
    k =unless =unquote =use =with
";

const GO: &str = "
    f function_declaration.name method_declaration.name
    f^ call_expression.function
    p^ selector_expression.field
    p field_identifier
    n int_literal float_literal imaginary_literal iota
    s interpreted_string_literal rune_literal
";

const HTML: &str = "
    t tag_name erroneous_end_tag_name
    a attribute_name
    s attribute_value quoted_attribute_value
    n entity
    k doctype
    - '= '< '> '</ '/> '<!
    @javascript script_element>raw_text
    @css style_element>raw_text
";

const JAVA: &str = "
    T identifier
    t integral_type floating_point_type boolean_type void_type
    t class_declaration.name record_declaration.name interface_declaration.name
    t enum_declaration.name
    f method_declaration.name method_invocation.name constructor_declaration.name
    p field_access.field element_value_pair.key
    a '@ annotation.name marker_annotation.name
    n enum_constant.name
    n decimal_integer_literal hex_integer_literal octal_integer_literal
    n binary_integer_literal decimal_floating_point_literal hex_floating_point_literal
    - string_interpolation
";

const JSON: &str = "
    p pair.key
";

const JSX: &str = "
    t jsx_opening_element.name jsx_closing_element.name jsx_self_closing_element.name
    a jsx_attribute>property_identifier
    n html_character_reference
    - jsx_attribute>=
    - jsx_opening_element>< jsx_opening_element>> jsx_closing_element></
    - jsx_closing_element>> jsx_self_closing_element>< jsx_self_closing_element>/>
";

const KOTLIN: &str = "
    T identifier
    F call_expression>identifier call_expression>navigation_expression
    p^ navigation_expression+identifier
    f function_declaration.name
    t class_declaration.name object_declaration.name
    a '@ annotation>user_type annotation>constructor_invocation
    ^ constructor_invocation>user_type user_type>identifier
    s multiline_string_literal
    n number_literal float_literal enum_entry>identifier
    n =null =true =false
    k =import =package
    k this_expression super_expression
";

const PHP: &str = "
    T name
    v variable_name
    k php_tag php_end_tag relative_scope
    f function_call_expression.function function_definition.name method_declaration.name
    f member_call_expression.name nullsafe_member_call_expression.name
    f scoped_call_expression.name
    p member_access_expression.name nullsafe_member_access_expression.name argument.name
    t named_type qualified_name namespace_name cast_type
    a attribute>name '#[
    - '->
    t class_declaration.name interface_declaration.name trait_declaration.name
    s encapsed_string heredoc nowdoc
    @html program>text
";

const PYTHON: &str = "
    T identifier
    f function_definition.name
    F^ call.function
    p^ attribute.attribute
    p keyword_argument.name
    a decorator decorator>call decorator>attribute
    t type class_definition.name
    n none ellipsis
    s format_specifier type_conversion
    k =self =cls
";

const RUBY: &str = "
    T constant
    f call.method method.name singleton_method.name
    v instance_variable class_variable global_variable
    n simple_symbol delimited_symbol bare_symbol symbol_array file line encoding
    p hash_key_symbol
    s subshell heredoc_beginning heredoc_body string_array
    k =private =protected =public =raise =require =require_relative =include =extend
";

const RUST: &str = "
    T identifier
    c line_outer_doc_comment block_outer_doc_comment
    f function_item.name function_signature_item.name
    f macro_invocation.macro macro_invocation>!
    f macro_invocation_item.macro macro_invocation_item>!
    F^ call_expression.function
    p^ field_expression.field
    T^ scoped_identifier.name
    ^ generic_function.function
    p field_identifier shorthand_field_identifier
    v lifetime metavariable
    a attribute_item inner_attribute_item
    k crate mutable_specifier
";

const SCRIPT: &str = "
    T identifier
    f function_declaration.name generator_function_declaration.name
    f function_expression.name method_definition.name
    F^ call_expression.function
    t class_declaration.name class.name new_expression.constructor
    p^ member_expression.property
    p property_identifier private_property_identifier pair.key
    a '@ decorator>identifier decorator>call_expression decorator>member_expression
    n undefined
    o optional_chain
    - template_substitution
";

const SQL: &str = "
    k keyword_*
    c marginalia
    L literal
    n keyword_true keyword_false keyword_null
    o op_other op_unary_other
    f invocation>object_reference
    t^ object_reference.name
    - field>object_reference
    t keyword_bigint keyword_bigserial keyword_binary keyword_bit keyword_boolean
    t keyword_bytea keyword_char keyword_character keyword_date keyword_datetime
    t keyword_decimal keyword_double keyword_enum keyword_float keyword_int
    t keyword_interval keyword_json keyword_jsonb keyword_money keyword_nchar
    t keyword_numeric keyword_nvarchar keyword_real keyword_serial keyword_smallint
    t keyword_smallserial keyword_text keyword_time keyword_timestamp
    t keyword_timestamptz keyword_tinyint keyword_uuid keyword_varbinary
    t keyword_varchar keyword_varying keyword_xml keyword_precision
";

const TOML: &str = "
    p pair>bare_key pair>dotted_key pair>quoted_key
    t table>bare_key table>dotted_key table>quoted_key
    t table_array_element>bare_key table_array_element>dotted_key
    t table_array_element>quoted_key
    ^ dotted_key>bare_key dotted_key>quoted_key dotted_key>dotted_key
    n local_date local_date_time local_time offset_date_time
    - '=
";

const TYPESCRIPT: &str = "
    f method_signature.name function_signature.name abstract_method_signature.name
    k this_type
    s template_literal_type
    - template_type
";

const YAML: &str = "
    s double_quote_scalar single_quote_scalar block_scalar string_scalar
    n integer_scalar float_scalar boolean_scalar null_scalar timestamp_scalar
    p block_mapping_pair.key flow_pair.key
    ^ flow_node>plain_scalar flow_node>double_quote_scalar flow_node>single_quote_scalar
    ^ plain_scalar>string_scalar plain_scalar>integer_scalar plain_scalar>boolean_scalar
    v anchor alias
    t tag
    a yaml_directive tag_directive reserved_directive
    - '- '> '|
";
