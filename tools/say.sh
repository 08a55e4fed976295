#!/bin/sh
# Says a sentence of the set-up while there may be no Python to say it: sh tools/say.sh KEY [name=value …]
# sh tools/say.sh --commands: every command, how it is written and what it does.
#
# The words are those of `setup`, `commands` and `written` in locales/<language>.yml, one line each (a test holds
# that all of them are found); the language is that of all messages: ABC_LANG, LC_ALL, LC_MESSAGES or LANG, or else
# the site's own.
set -u

site=$(awk '/- locale:/ {code = $NF} /^ *default: true/ {print code; exit}' mkdocs.yml)

language() {
    for wanted in "${ABC_LANG:-}" "${LC_ALL:-}" "${LC_MESSAGES:-}" "${LANG:-}"; do
        code=$(printf '%.2s' "$wanted" | tr '[:upper:]' '[:lower:]')
        case $code in
            [a-z][a-z]) if [ -f "locales/$code.yml" ]; then echo "$code" && return; fi ;;
        esac
    done
    echo "$site"
}

# Words that a language lacks are said in the site's own.
LC_ALL=C awk '
    function put_in(text, name, value,    at, done) {
        name = "{" name "}"
        while ((at = index(text, name)) > 0) {
            done = done substr(text, 1, at - 1) value
            text = substr(text, at + length(name))
        }
        return done text
    }
    BEGIN {
        for (place = 1; ARGV[place] ~ /^locales\//; place++) {
            block = ""
            while ((getline line < ARGV[place]) > 0) {
                if (line ~ /^[a-z_]+:/) block = substr(line, 1, index(line, ":"))
                else if (block ~ /^(setup|commands|written):$/ && line ~ /^  [a-z_]+: /) {
                    line = substr(line, 3)
                    at = index(line, ": ")
                    key = substr(block, 1, length(block) - 1) "." substr(line, 1, at - 1)
                    said = substr(line, at + 2)
                    if (said ~ /^".*"$/) said = substr(said, 2, length(said) - 2)
                    if (block == "commands:" && !(key in words)) order[++count] = substr(key, 10)
                    words[key] = said
                }
            }
        }
        if (ARGV[place] == "--commands") {
            for (one = 1; one <= count; one++)
                print words["written." order[one]] "\n    " words["commands." order[one]]
            exit
        }
        text = ARGV[place] in words ? words[ARGV[place]] : ARGV[place]
        while (++place < ARGC) {
            at = index(ARGV[place], "=")
            text = put_in(text, substr(ARGV[place], 1, at - 1), substr(ARGV[place], at + 1))
        }
        print text
        exit
    }
' "locales/$site.yml" "locales/$(language).yml" "$@"
