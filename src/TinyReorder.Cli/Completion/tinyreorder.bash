# Completion of tinyreorder for bash: source <(tinyreorder completion bash)
_tinyreorder() {
    local line=${COMP_LINE:0:COMP_POINT} current=${COMP_LINE:0:COMP_POINT} word
    # The tool completes what stands behind its own name.
    line=${line#"${line%%[![:space:]]*}"}
    line=${line#*[[:space:]]}
    current=${current##*[[:space:]]}
    COMPREPLY=()
    while IFS= read -r word; do
        [[ $word == "$current"* ]] && COMPREPLY+=("$word")
    done < <("${COMP_WORDS[0]}" "[suggest:${#line}]" "$line" 2>/dev/null)
    # bash breaks words at = and :, and replaces only the last piece.
    if [[ ${COMP_WORDBREAKS-} == *:* && $current == *:* ]]; then
        COMPREPLY=("${COMPREPLY[@]#"${current%"${current##*:}"}"}")
    fi
}
complete -o bashdefault -o default -F _tinyreorder tinyreorder
