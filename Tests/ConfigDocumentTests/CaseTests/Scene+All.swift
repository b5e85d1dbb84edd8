import ConfigDocument

/// The cases of the study of what breaks editors. Each is one scene or more.
extension Scene {
  static let all: [Scene] = [
    Scene(
      number: 1, title: "the first key behind a dash",
      text: """
        list:
          - name: x # line
            # head
            port: 1
          - name: y
        other:
          k: 1

        """, entry: "/list/0/name", item: "/list/0"),
    Scene(
      number: 1, title: "the only key behind a dash",
      text: """
        list:
          - name: x
          - - a
            - b
        other:
          k: 1

        """, entry: "/list/0/name", item: "/list/1/0"),
    Scene(
      number: 2, title: "the last key of a mapping",
      text: """
        parent: # why
          only: 1
        list:
          - one
        other:
          k: 1

        """, entry: "/parent/only", item: "/list/0"),
    Scene(
      number: 3, title: "comments behind a block scalar",
      text: """
        p:
          a: 1
            # foot of a
          b: 2
        list:
          - x
              # deeper
          - |
            text
        # glued
        other:
          t: |
            text

        """, entry: "/p/a", item: "/list/0", value: "one\ntwo\n"),
    Scene(
      number: 4, title: "blank lines that are content",
      text: """
        a: |+
          one

        b: >-
          two

        list:
          - |+
            one

          - b
        other:
          k: 1

        """, entry: "/a", item: "/list/0", value: "two\n\n"),
    Scene(
      number: 4, title: "a block scalar at the end of a file without a line break",
      text: "other:\n  k: 1\nlist:\n  - b\n  - |\n    open", entry: "/list", item: "/list/1"),
    Scene(
      number: 5, title: "block scalars that move",
      text: """
        p:
          q:
            t: |2 # why
                two
              base
        list:
          - >
            one
              more

            two
          - b
        other: {}

        """, entry: "/p/q/t", item: "/list/0", value: "  one\ntwo\n"),
    Scene(
      number: 6, title: "text over several lines",
      text: """
        p:
            t: one
              two # line
            u: "one\\
              \\ two"
        list:
        - 'x
          y'
        - b
        other:
            k: 1

        """, entry: "/p/t", item: "/list/0"),
    Scene(
      number: 7, title: "lists at the key's column",
      text: """
        a:
        - x
        - - y
          - z
        b:
          - x
        other:
          k: 1

        """, entry: "/a", item: "/a/0"),
    Scene(
      number: 7, title: "lists four columns deeper",
      text: """
        a:
            - x
            -   k: y
                l: z
        other:
            k: 1

        """, entry: "/a", item: "/a/0"),
    Scene(
      number: 8, title: "insertion into nothing",
      text: """
        a:
        list: [ ]
        m:
            n: {} # why
        other: {}

        """, entry: "/a", target: "/m/n", list: "/list",
      unmet: [
        .removeItem: "an empty list has no item",
        .reorder: "an empty list has no item", .unwrap: "what is empty has nothing to keep",
      ]),
    Scene(
      number: 9, title: "brackets of YAML",
      text: """
        m: {a: 1, b: [x: 1], "c":2,
          d: 4, # behind
        }
        list: [
          x, # line
          y
        ]
        other: {k: 1}

        """, entry: "/m/a", item: "/list/0", value: "a, b"),
    Scene(
      number: 9, title: "brackets of JSON with comments",
      text: """
        {
          // head
          "a": 1, // line
          "list": [1, 2],
          "other": { "k": 1 },
        }

        """, format: .jsonc, entry: "/a", item: "/list/0"),
    Scene(
      number: 10, title: "complex keys and sets",
      text: """
        ? a
        : 1
        ? |
          key
        : 2
        ? [p, q]
        : 3
        list:
          - ? b
          - ? c
            : 1
        other:
          ? k

        """, entry: "/a", item: "/list/0"),
    Scene(
      number: 11, title: "anchors, aliases, merge keys",
      text: """
        a: &x
          k: &y 1
        b: *x
        c:
          <<: *x
          l: *y
        list:
          - &z one
          - *z
        other:
          k: 1

        """, entry: "/a", item: "/list/0"),
    Scene(
      number: 12, title: "quotes",
      text: """
        a: 'yes'
        b: plain
        list:
          - "on"
          - 'x'
        other:
          k: 1

        """, entry: "/a", item: "/list/0", value: "0o17", key: "no"),
    Scene(
      number: 13, title: "documents of a stream",
      text: """
        %YAML 1.1
        ---
        # head
        a: 1
        list:
          - one
          - two
        # end
        ...
        # between
        ---
        b: 2
        ---

        """, entry: "/a", item: "/list/1", target: "", targetDocument: 1),
    Scene(
      number: 14, title: "line endings that are mixed",
      text: "a: 1\r\nlist:\r\n  - one\r\n  - two\nother:\n  k: 1\n", entry: "/a", item: "/list/0",
      value: "one\ntwo\n"),
    Scene(
      number: 15, title: "a key that is there already",
      text: """
        a: 1
        k: 2
        other:
          k: 1

        """, entry: "/a", key: "k", collides: true,
      unmet: [
        .set: "it brings no key", .replace: "the keys that it brings are among themselves", .remove: "it brings no key",
        .insertItem: "items have no keys", .removeItem: "items have no keys", .reorder: "items have no keys",
        .comment: "it brings no key", .wrap: "its key is the only one", .unwrap: "it brings no key",
        .reconcile: "a value has no key twice",
      ]),
    Scene(
      number: 16, title: "an indented root, tabs, trailing blanks, tags",
      text: "  a :  !Ref x \t\n  \"k\":\tv  # c\n  list:\n    -   one\t\n    - !t two\n  other:\n    k: 1\n",
      entry: "/a",
      item: "/list/0"),
    Scene(
      number: 17, title: "a value on the next line",
      text: """
        a: # why
          x
        b:
          # above
          y
        list:
          - # item
            x
          - y
        other:
          k: 1

        """, entry: "/a", item: "/list/0"),
    Scene(
      number: 18, title: "lines that hold a marker or a parent too",
      text: """
        --- # c
        other: {k: {d: 1}}
        ? p
        : - x
          - y
        --- {e: 1}

        """, entry: "/other/k", item: "/p/0", target: "", targetDocument: 1),
  ]
}
