;; Where the blanks and the line feeds of a piece of text are, sixteen bytes at once.
(module
  (memory (export "memory") 1)
  ;; The bytes from 0 up to `length`, behind which sixteen zeros have to stand. Writes the place of each blank from `blanks` on,
  ;; and from `lines` on by twos the place of each line feed and how many blanks there are before it; answers with the number of
  ;; line feeds.
  (func (export "find") (param $length i32) (param $blanks i32) (param $lines i32) (result i32)
    (local $at i32) (local $mask i32) (local $ends i32) (local $first i32) (local $firstLine i32) (local $end i32)
    (local $bytes v128)
    (local.set $first (local.get $blanks))
    (local.set $firstLine (local.get $lines))
    (block $done
      (loop $next
        (br_if $done (i32.ge_u (local.get $at) (local.get $length)))
        (local.set $bytes (v128.load (local.get $at)))
        (local.set $mask (i8x16.bitmask (i8x16.eq (local.get $bytes) (i8x16.splat (i32.const 0x20)))))
        (local.set $ends (i8x16.bitmask (i8x16.eq (local.get $bytes) (i8x16.splat (i32.const 0x0a)))))
        (block $noEnd
          (loop $nextEnd
            (br_if $noEnd (i32.eqz (local.get $ends)))
            (local.set $end (i32.ctz (local.get $ends)))
            (i32.store (local.get $lines) (i32.add (local.get $at) (local.get $end)))
            (i32.store offset=4 (local.get $lines)
              (i32.add
                (i32.shr_u (i32.sub (local.get $blanks) (local.get $first)) (i32.const 2))
                (i32.popcnt (i32.and (local.get $mask)
                  (i32.sub (i32.shl (i32.const 1) (local.get $end)) (i32.const 1))))))
            (local.set $lines (i32.add (local.get $lines) (i32.const 8)))
            (local.set $ends (i32.and (local.get $ends) (i32.sub (local.get $ends) (i32.const 1))))
            (br $nextEnd)))
        (block $noBlank
          (loop $nextBlank
            (br_if $noBlank (i32.eqz (local.get $mask)))
            (i32.store (local.get $blanks) (i32.add (local.get $at) (i32.ctz (local.get $mask))))
            (local.set $blanks (i32.add (local.get $blanks) (i32.const 4)))
            (local.set $mask (i32.and (local.get $mask) (i32.sub (local.get $mask) (i32.const 1))))
            (br $nextBlank)))
        (local.set $at (i32.add (local.get $at) (i32.const 16)))
        (br $next)))
    (i32.shr_u (i32.sub (local.get $lines) (local.get $firstLine)) (i32.const 3))))
